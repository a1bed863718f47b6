// The result of a run: its notice after a plan was applied, and the problems it met.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;

  /** Show the result of a run that has just ended, with undo; `children` replace the totals. @param {{run: StashBundle.Run, onUndone: () => void, children?: any}} props */
  function RunNotice({ run, onUndone, children = h(kit.Totals, { totals: run.totals, changes: run.changes }) }) {
    const t = kit.useText();
    const undone = kit.useUndone(run);
    return h(
      kit.Notice,
      { level: undone ? "info" : kit.chooseLevel(run.state), title: t(`task.phase.${undone || run.state}`) },
      children,
      run.message && h("div", null, run.message),
      h(RunProblems, { run, told: run.message }),
      h("div", { className: "sbk-actions" }, h(kit.UndoButton, { run, onDone: onUndone })),
    );
  }

  /** Return "undone" or "undone_in_part" for a run that was undone, "" otherwise; wherever a run is shown, it says so. @param {StashBundle.Run | null | undefined} run */
  function useUndone(run) {
    const ui = kit.useUi();
    return kit.describeUndone(run, kit.useSignal(ui.undoneRuns, {}));
  }

  /**
   * Show lines about a run: the backup of Stash's database before it, each part that failed, such as a box, and each reason why items failed.
   * @param {{run: StashBundle.Run, told?: string | null}} props told: a message beside it, whose sentences are not repeated
   */
  function RunProblems({ run, told = "" }) {
    const lines = [...(run.stash_backup ? [run.stash_backup] : []), ...kit.listProblems(run, told || "")];
    return h(React.Fragment, null, lines.map((text) => h("div", { key: text, className: "text-muted small" }, text)));
  }

  Object.assign(kit, { RunNotice, RunProblems, useUndone });
})();
