// Spans of time as text: how long something still takes, and when it happens from now on. Pure.
(function (root) {
  "use strict";

  const MINUTE = 60;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;
  const FIRST_PERCENT = 3; // before, the speed is not known
  /** @type {[number, Intl.RelativeTimeFormatUnit][]} */
  const UNITS = [[DAY, "day"], [HOUR, "hour"], [MINUTE, "minute"], [1, "second"]];

  /** Return the largest unit of a span of seconds, with the number of it. @param {number} seconds @returns {{count: number, unit: Intl.RelativeTimeFormatUnit}} */
  function chooseUnit(seconds) {
    const [size, unit] = UNITS.find(([one]) => Math.abs(seconds) >= one * 1.5) || UNITS[UNITS.length - 1];
    return { count: Math.round(seconds / size), unit };
  }

  /** Return a span such as "2 min". @param {number} seconds @param {string} locale */
  function formatSpan(seconds, locale) {
    const { count, unit } = chooseUnit(seconds);
    return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(count);
  }

  /** Return when a moment is from now on, such as "in 40 seconds" or "2 hours ago"; "" without one. @param {string | null | undefined} moment @param {number} now in milliseconds @param {string} locale */
  function formatFromNow(moment, now, locale) {
    if (!moment || Number.isNaN(Date.parse(moment))) return "";
    const { count, unit } = chooseUnit((Date.parse(moment) - now) / 1000);
    return new Intl.RelativeTimeFormat(locale).format(count, unit);
  }

  /**
   * Return about how many seconds a job still takes, from its speed so far; null while that says nothing.
   * @param {StashBundle.Job | null | undefined} job
   * @param {number} now in milliseconds
   */
  function estimateSecondsLeft(job, now) {
    if (!job || job.status !== "RUNNING" || !job.startTime || job.progress === null) return null;
    const percent = Number(job.progress) * 100;
    const elapsed = (now - Date.parse(job.startTime)) / 1000;
    if (percent < FIRST_PERCENT || percent >= 100 || !(elapsed > 0)) return null;
    return (elapsed * (100 - percent)) / percent;
  }

  const core = { formatSpan, formatFromNow, estimateSecondsLeft };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
