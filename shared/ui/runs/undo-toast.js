// A message that an operation has written something, with a button that takes it back.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  /**
   * Tell that a run of an operation has changed something. Undo takes back all of it without asking, because the person has just
   * done it; then `onUndone` shows the former state.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.Translate} t
   * @param {string} text
   * @param {StashBundle.Run} run
   * @param {() => void} onUndone
   */
  function tellUndoable(ui, t, text, run, onUndone) {
    kit.toast.undo(text, async () => {
      const plan = await ui.operation("history_undo", { run_id: run.id, preview: true });
      const answer = await ui.operation("history_undo", { plan_id: plan.plan_id });
      const count = answer.run ? answer.run.totals.changed : 0;
      if (count) kit.toast.success(t("undo.done", { count }));
      else kit.toast.warning(t("undo.nothing"));
      onUndone();
    });
  }

  Object.assign(kit, { tellUndoable });
})();
