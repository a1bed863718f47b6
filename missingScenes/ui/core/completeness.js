// The completeness of a performer or studio. Pure.
(function (root) {
  "use strict";

  /** How many a row of the completeness table lacks; the library may have more than the box lists. @param {{total: number, owned: number}} row */
  function countMissing(row) {
    return Math.max(row.total - row.owned, 0);
  }

  const core = { countMissing };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
