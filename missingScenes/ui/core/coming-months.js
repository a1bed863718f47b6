// Coming scenes by month: the months that have some, and the weeks of a month. Pure.
(function (root) {
  "use strict";
  const DAY_MS = 86400000;

  /** Return the month of a date, such as "2026-03"; a whole year counts as its last month, because its scenes may still come then. @param {string} date */
  function readMonth(date) {
    return date.length < 7 ? `${date.slice(0, 4)}-12` : date.slice(0, 7);
  }

  /** Return the present month and all later ones that have scenes, the next first. @param {{date: string}[]} scenes @param {string} today @returns {string[]} */
  function listMonths(scenes, today) {
    return [...new Set([today.slice(0, 7), ...scenes.map(({ date }) => readMonth(date))])].sort();
  }

  /** Return the first day of the week in a region: 1 for Monday to 7 for Sunday. @param {string} locale */
  function findFirstDay(locale) {
    const region = /** @type {any} */ (new Intl.Locale(locale));
    const info = region.getWeekInfo ? region.getWeekInfo() : region.weekInfo;
    return info ? info.firstDay : 1; // some browsers do not know it
  }

  /**
   * Return the weeks of a month, each with seven days; the first and the last week reach into the months beside it.
   * @param {string} month such as "2026-03"
   * @param {number} firstDay of a week, 1 for Monday
   * @returns {string[][]}
   */
  function makeWeeks(month, firstDay) {
    const first = Date.parse(`${month}-01`);
    const before = (new Date(first).getUTCDay() - firstDay + 7) % 7;
    const day = (/** @type {number} */ number) => new Date(first + (number - before) * DAY_MS).toISOString().slice(0, 10);
    const week = (/** @type {number} */ number) => Array.from({ length: 7 }, (_, index) => day(7 * number + index));
    return Array.from({ length: 6 }, (_, number) => week(number)).filter((days) => days.some((one) => one.startsWith(month)));
  }

  /** Return the scenes of a month by their day, and those whose day is not known. @param {any[]} scenes @param {string} month */
  function splitMonth(scenes, month) {
    const those = scenes.filter(({ date }) => readMonth(date) === month);
    const byDay = /** @type {Record<string, any[]>} */ ({});
    those.filter(({ date }) => date.length === 10).forEach((scene) => (byDay[scene.date] = byDay[scene.date] || []).push(scene));
    return { byDay, undated: those.filter(({ date }) => date.length < 10) };
  }

  const core = { readMonth, listMonths, findFirstDay, makeWeeks, splitMonth };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
