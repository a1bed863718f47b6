// The completeness of a performer or studio. Pure.
(function (root) {
  "use strict";

  /** Return the number of missing scenes in a row of the Completeness tab, never below zero: the library may have more scenes than the box. @param {{total: number, owned: number}} row */
  function countMissing(row) {
    return Math.max(row.total - row.owned, 0);
  }

  const core = { countMissing };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
