// Coming scenes by day: the groups, and how a day reads. Pure.
(function (root) {
  "use strict";
  const DAY_MS = 86400000;

  /** Return the day of the reader, such as "2026-03-01". @param {Date} now */
  function readToday(now) {
    const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    return parts.map((part) => String(part).padStart(2, "0")).join("-");
  }

  /** Return the scenes by date, in their order. @param {any[]} scenes @returns {{date: string, scenes: any[]}[]} */
  function groupByDate(scenes) {
    const groups = /** @type {{date: string, scenes: any[]}[]} */ ([]);
    scenes.forEach((scene) => {
      const last = groups[groups.length - 1];
      if (last && last.date === scene.date) last.scenes.push(scene);
      else groups.push({ date: scene.date, scenes: [scene] });
    });
    return groups;
  }

  /** Return the days from today to a date, null if the date has no day. @param {string} date @param {string} today */
  function countDays(date, today) {
    return date.length === 10 ? Math.round((Date.parse(date) - Date.parse(today)) / DAY_MS) : null;
  }

  /** Return a date for the reader, as exact as it is: a day with its weekday, a month, or a year. @param {string} date @param {string} locale */
  function formatDay(date, locale) {
    const day = new Date(`${date}${"-01-01".slice(date.length - 4, 6)}T00:00:00Z`);
    const full = { weekday: "long", day: "numeric" };
    const parts = { ...(date.length === 10 ? full : {}), ...(date.length > 4 ? { month: "long" } : {}), year: "numeric", timeZone: "UTC" };
    return day.toLocaleDateString(locale, /** @type {any} */ (parts));
  }

  const core = { readToday, groupByDate, countDays, formatDay };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
