// Days in the reader's time zone: their beginning and end, and lists by day. Pure.
(function (root) {
  "use strict";

  /** Return the bounds of a day such as "2026-03-01" as arguments of an operation; none for no day. @param {string} day */
  function makeDayBounds(day) {
    const start = new Date(`${day}T00:00:00`);
    if (Number.isNaN(start.getTime())) return {};
    const end = new Date(start);
    end.setDate(end.getDate() + 1);
    return { since: start.toISOString(), until: end.toISOString() };
  }

  /**
   * Return rows by the day of their time, in their order.
   * @param {any[]} rows
   * @param {(row: any) => string} readTime
   * @param {string} [locale]
   * @returns {{day: string, rows: any[]}[]}
   */
  function groupByDay(rows, readTime, locale = "en") {
    const format = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
    /** @type {{day: string, rows: any[]}[]} */
    const groups = [];
    for (const row of rows) {
      const day = format.format(new Date(readTime(row)));
      const last = groups[groups.length - 1];
      if (last && last.day === day) last.rows.push(row);
      else groups.push({ day, rows: [row] });
    }
    return groups;
  }

  const core = { makeDayBounds, groupByDay };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
