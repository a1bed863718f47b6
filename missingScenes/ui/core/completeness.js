// The completeness of a performer or studio. Pure.
(function (root) {
  "use strict";

  /** Return the number of missing scenes in a row of the Completeness tab, never below zero: the library may have more scenes than the box. @param {{total: number, owned: number}} row */
  function countMissing(row) {
    return Math.max(row.total - row.owned, 0);
  }

  /** Return how many scenes the box has and the library owns, for the head of a list: exact at its end, else the saved count, else null. @param {any} answer */
  function chooseCount({ state, figures, lists_all: listsAll, entity }) {
    if (state === "complete" && listsAll && figures.total) return { total: figures.total, owned: figures.owned };
    return (entity && entity.saved_count) || null;
  }

  /** Return the owned share in percent; only a complete collection has 100. @param {{total: number, owned: number}} count */
  function findShare({ total, owned }) {
    return total ? Math.min(100, Math.floor((100 * owned) / total)) : 0;
  }

  const core = { countMissing, chooseCount, findShare };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
