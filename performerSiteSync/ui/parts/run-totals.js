// The outcomes of a run, and the problems that boxes had.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;

  /** Show how many items a run looked at and their outcomes; warn if these do not add up. @param {{totals: Record<string, number>}} props */
  function RunTotals({ totals }) {
    const t = kit.useText();
    const { seen, rows, addsUp } = performers.listOutcomes(totals);
    const parts = rows.map((/** @type {[string, number]} */ [key, count]) => t(`sum.${key}`, { count })).join(", ");
    return h(
      React.Fragment,
      null,
      h("div", { className: "ps-sum" }, t("sum.seen", { count: seen }), seen > 0 && parts && `: ${parts}`),
      totals.failed_in_part > 0 && h("div", null, t("sum.failed_in_part", { count: totals.failed_in_part })),
      totals.conflict_in_part > 0 && h("div", null, t("sum.conflict_in_part", { count: totals.conflict_in_part })),
      !addsUp && h("div", { className: "text-warning small" }, t("sum.wrong")),
    );
  }

  /** Show the problem of each box. @param {{problems?: Record<string, string> | null}} props */
  function BoxProblems({ problems }) {
    return Object.entries(problems || {}).map(([box, message]) => h(kit.Notice, { key: box, level: "warning", title: box }, message));
  }

  Object.assign(performers, { RunTotals, BoxProblems });
})();
