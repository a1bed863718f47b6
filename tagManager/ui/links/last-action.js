// What was done to the rows of a list: the row keeps its place and says so, a message offers Undo, and a run that failed is told above the list.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, h } = kit;
  const { useState } = kit.React;

  /** Undo all of a run and tell what was undone; return false if nothing was. @param {StashBundle.Ui} ui @param {StashBundle.Translate} t @param {StashBundle.Run} run */
  async function undoRun(ui, t, run) {
    const isUndone = await kit.undoNow(ui, t, run.id);
    tagging.forgetPages();
    return isUndone;
  }

  /**
   * Returns the outcomes of decided rows and `report`, which tells an action. With the key of a row, this row keeps its place; otherwise
   * the list is loaded again.
   * @param {string[]} order keys of the rows in the order shown
   * @param {() => void} reload
   */
  function useReport(order, reload) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { outcomes, decide, rowRef, clear } = kit.useRowOutcomes(order);
    const [last, setLast] = useState(/** @type {any} */ (null));
    const report = async (/** @type {string} */ text, /** @type {any} */ run, /** @type {(() => Promise<unknown>) | null} */ takeBack = null, /** @type {string | null} */ key = null) => {
      tagging.forgetPages();
      if (run && run.state !== "finished") {
        setLast({ text, run });
        reload();
        return;
      }
      setLast(null);
      const undo = takeBack || (run ? () => undoRun(ui, t, run) : undefined);
      if (key && order.includes(key)) {
        await decide(key, { text, run: async () => undefined, undo });
        return;
      }
      if (undo) kit.toast.undo(text, async () => (await undo(), reload()));
      else kit.toast.success(text);
      reload();
    };
    return { outcomes, rowRef, clear, last, dismiss: () => setLast(null), report };
  }

  /** The outcome of a decided row. @param {{text: string}} props */
  function RowOutcome({ text }) {
    return h("div", { className: "tm-outcome" }, h(kit.Icon, { name: "faCheck", className: "text-success" }), h("span", null, text));
  }

  /** The last action if it did not do everything, with its reasons and Undo. @param {{action: any, onDismiss: () => void, onUndone: () => void}} props */
  function LastAction({ action, onDismiss, onUndone }) {
    const t = kit.useText();
    if (!action) return null;
    const { run } = action;
    return h(
      kit.Notice,
      { level: "danger", title: t(`task.phase.${run.state}`) },
      h("div", null, run.message || h(kit.Totals, { totals: run.totals }), h(kit.RunProblems, { run, told: run.message })),
      h("div", { className: "sbk-actions" }, h(kit.UndoButton, { key: run.id, run, onDone: onUndone }), h(kit.ActionButton, { size: "sm", onClick: onDismiss }, t("task.dismiss"))),
    );
  }

  Object.assign(tagging, { useReport, RowOutcome, LastAction });
})();
