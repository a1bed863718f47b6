// The bar above the list of tags: the last action, with Undo.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, h } = kit;

  /** The message or totals of a run that did not do everything, and the reasons. @param {{run: StashBundle.Run}} props */
  function RunTrouble({ run }) {
    return h("div", null, run.message || h(kit.Totals, { totals: run.totals }), h(kit.RunProblems, { run, told: run.message }));
  }

  /** The last action, with Undo. @param {{action: any, onDismiss: () => void, onUndone: () => void}} props */
  function LastAction({ action, onDismiss, onUndone }) {
    const t = kit.useText();
    if (!action) return null;
    const { run, takeBack } = action;
    const isGood = !run || run.state === "finished";
    return h(
      kit.Notice,
      { level: isGood ? "success" : "danger", title: isGood ? action.text : t(`task.phase.${run.state}`) },
      !isGood && h(RunTrouble, { run }),
      h(
        "div",
        { className: "sbk-actions" },
        run && h(kit.UndoButton, { key: run.id, run, onDone: onUndone }),
        takeBack && h(kit.ActionButton, { size: "sm", icon: "faRotateLeft", onClick: async () => (await takeBack(), onUndone()) }, t("tags.take_back")),
        h(kit.ActionButton, { size: "sm", onClick: onDismiss }, t("task.dismiss")),
      ),
    );
  }

  Object.assign(tagging, { LastAction });
})();
