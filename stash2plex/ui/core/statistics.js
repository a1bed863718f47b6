// The counters by day as the charts draw them. Pure.
(function (root) {
  "use strict";

  const DAY = 86400000;

  /**
   * Return by day one count for each name; empty without counts. The first and the last day of the period are always there, so that the chart spans it.
   * @param {{day: string, name: string, count: number}[]} rows @param {string[]} names @param {number} span in days @param {number} now in milliseconds
   * @returns {Record<string, number[]>}
   */
  function countByDay(rows, names, span, now) {
    /** @type {Record<string, number[]>} */
    const days = {};
    if (!rows.length) return days;
    for (const moment of [now - (span - 1) * DAY, now]) days[new Date(moment).toISOString().slice(0, 10)] = names.map(() => 0);
    for (const { day, name, count } of rows) {
      const place = names.indexOf(name);
      if (place < 0) continue;
      days[day] = days[day] || names.map(() => 0);
      days[day][place] = count;
    }
    return days;
  }

  /** Return the seconds that a synced scene took on each day on which one was synced. @param {{day: string, name: string, count: number, seconds: number}[]} rows */
  function averageByDay(rows) {
    return rows.filter(({ name, count }) => name === "done" && count > 0).map(({ day, count, seconds }) => ({ day, seconds: Math.round((1000 * seconds) / count) / 1000 }));
  }

  const core = { countByDay, averageByDay };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.plexSync, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
