// The outcomes of a run, and the check that they add up to the number of items. Pure.
(function (root) {
  "use strict";

  const OUTCOMES = ["changed", "unchanged", "skipped", "conflict", "failed"];
  const PLANNED = "planned";

  /** Return the outcomes of a run or preview that are above zero, and if they add up to the number of items looked at. @param {Record<string, number>} totals */
  function listOutcomes(totals) {
    const rows = [PLANNED, ...OUTCOMES].map((key) => /** @type {[string, number]} */ ([key, totals[key] || 0])).filter(([, count]) => count > 0);
    const sum = rows.reduce((whole, [, count]) => whole + count, 0);
    return { seen: totals.seen || 0, rows, addsUp: sum === (totals.seen || 0) };
  }

  const core = { listOutcomes };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
