// How complete the fields of performers and studios are. Pure.
(function (root) {
  "use strict";

  /** Return a share in percent, rounded down, so that only all of them are 100. @param {number} count @param {number} total */
  function countPercent(count, total) {
    return total > 0 ? Math.floor((100 * count) / total) : 0;
  }

  /**
   * Return the fields of a report, the most complete first, for the Report and Overview tabs.
   * @param {{total: number, fields: Record<string, number>, by_source?: Record<string, Record<string, number>>, gaps?: Record<string, Record<string, number>>} | null} part
   */
  function listCoverage(part) {
    if (!part) return [];
    const given = part.by_source || {};
    const gaps = part.gaps || {};
    return Object.entries(part.fields)
      .filter(([field]) => field !== "stash_ids" && field !== "favorite")
      .map(([field, count]) => ({ field, count, share: countPercent(count, part.total), sources: given[field] || {}, gaps: gaps[field] || {} }))
      .sort((one, other) => other.count - one.count || one.field.localeCompare(other.field));
  }

  const core = { countPercent, listCoverage };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
