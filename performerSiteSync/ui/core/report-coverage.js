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

  /**
   * Return the rows of the chart that divides each field by its sources; the last part has the values from elsewhere, such as yours.
   * @param {{count: number, sources: Record<string, number>}[]} rows of listCoverage
   * @param {string[]} boxes
   */
  function divideBySource(rows, boxes) {
    return rows.map((row) => {
      const parts = boxes.map((box) => Math.min(row.sources[box] || 0, row.count));
      return [...parts, Math.max(0, row.count - parts.reduce((sum, part) => sum + part, 0))];
    });
  }

  /** Return the fields for which a source has values that the library lacks, those with the most first. @param {{field: string, gaps: Record<string, number>}[]} rows of listCoverage */
  function listGaps(rows) {
    const most = (/** @type {{gaps: Record<string, number>}} */ row) => Math.max(0, ...Object.values(row.gaps));
    return rows.filter((row) => most(row) > 0).map((row) => ({ field: row.field, count: most(row), boxes: Object.entries(row.gaps).filter(([, count]) => count > 0) })).sort((one, other) => other.count - one.count);
  }

  const core = { countPercent, listCoverage, divideBySource, listGaps };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
