// The result of a run: its notice after a plan was applied, and the problems it met.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /** Show the result of a run that has just ended, with undo; `children` replace the totals. @param {{run: StashBundle.Run, onUndone: () => void, children?: any}} props */
  function RunNotice({ run, onUndone, children = h(kit.Totals, { totals: run.totals }) }) {
    const t = kit.useText();
    return h(
      kit.Notice,
      { level: kit.chooseLevel(run.state), title: t(`task.phase.${run.state}`) },
      children,
      run.message && h("div", null, run.message),
      h("div", { className: "sbk-actions" }, h(kit.UndoButton, { run, onDone: onUndone })),
    );
  }

  /** Show a line for each problem of a run, for instance a box that did not answer. @param {{run: StashBundle.Run}} props */
  function RunProblems({ run }) {
    return Object.entries(run.problems || {}).map(([part, text]) => h("div", { key: part, className: "text-muted small" }, `${part}: ${text}`));
  }

  Object.assign(kit, { RunNotice, RunProblems });
})();
