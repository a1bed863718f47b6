// What on the Overview tab needs a person, with the tab that helps. Pure.
(function (root) {
  "use strict";

  /**
   * Return the open work that an overview counts, each with the tab that helps; rows with a count of zero are left out.
   * @param {any} overview
   */
  function listAttention(overview) {
    const { attention, performer, studio, sources } = overview;
    const keyless = sources.filter((/** @type {any} */ one) => one.is_on && !one.has_key).length;
    const rows = [
      { key: "keyless", count: keyless, tab: "setup", level: "danger" },
      { key: "conflict", count: attention.conflict || 0, tab: "conflicts", level: "warning" },
      { key: "duplicate", count: attention.duplicate || 0, tab: "duplicates", level: "warning" },
      { key: "gone", count: attention.gone || 0, tab: "conflicts?show=gone", level: "warning" },
      { key: "plan", count: attention.plan ? 1 : 0, tab: `review?plan=${attention.plan}`, level: "info" },
      { key: "unlinked.performer", count: performer.unlinked, tab: "sync?scope=unlinked&kind=performer", level: "info" },
      { key: "unlinked.studio", count: studio.unlinked, tab: "sync?scope=unlinked&kind=studio", level: "info" },
    ];
    return rows.filter((row) => row.count > 0);
  }

  const core = { listAttention };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
