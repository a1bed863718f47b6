// What a schedule of a plugin is doing. Pure.
(function (root) {
  "use strict";

  /** Return the state of a schedule: running, off, person (one must start it first), soon (due now) or waits. @param {StashBundle.ScheduleRow} row @param {number} now milliseconds */
  function readScheduleState(row, now) {
    if (row.is_running) return "running";
    if (!row.every_days) return "off";
    if (row.waits_for_person) return "person";
    return row.next && Date.parse(row.next) > now ? "waits" : "soon";
  }

  const core = { readScheduleState };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
