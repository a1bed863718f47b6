// Work in progress and settings: what a job, a run or a typed value means. Pure.
(function (root) {
  "use strict";

  const ENDED = ["FINISHED", "CANCELLED", "FAILED"];
  // A finished job without a run of its own that says so: Stash reports FINISHED for plugins that died, too.
  /** @type {Record<StashBundle.JobStatus, StashBundle.Phase>} */
  const PHASES = {
    READY: "queued",
    RUNNING: "running",
    STOPPING: "stopping",
    CANCELLED: "cancelled",
    FAILED: "failed",
    FINISHED: "lost",
  };

  /**
   * Whether Stash is done with a job; a job it no longer knows ended some time ago.
   * @param {StashBundle.Job | null | undefined} job
   */
  function hasEnded(job) {
    return job === null || (job !== undefined && ENDED.includes(job.status));
  }

  /**
   * What to tell about a task: its phase and how far it is (null: not known).
   * @param {StashBundle.Job | null | undefined} job
   * @param {StashBundle.Run | null | undefined} run what the plugin itself recorded; it knows better than Stash
   * @returns {{phase: StashBundle.Phase, percent: number | null}}
   */
  function describeTask(job, run) {
    if (run && run.state !== "running") return { phase: run.state, percent: 100 };
    if (job === undefined) return { phase: "queued", percent: null };
    if (job === null) return { phase: "lost", percent: null };
    const isMeasured = job.status === "RUNNING" && job.progress !== null;
    return { phase: PHASES[job.status], percent: isMeasured ? Math.round(Number(job.progress) * 100) : null };
  }

  /**
   * The look of a phase: success only for what really succeeded.
   * @param {StashBundle.Phase} phase
   * @returns {"success" | "warning" | "danger" | "info"}
   */
  function levelOf(phase) {
    if (phase === "finished") return "success";
    if (phase === "failed" || phase === "lost") return "danger";
    return ["partial", "cancelled", "interrupted", "stopping"].includes(phase) ? "warning" : "info";
  }

  /**
   * The totals worth showing: those that are not zero, with what changed also when that is none (of a preview: what would);
   * nothing where nothing was counted.
   * @param {Record<string, number>} totals
   * @returns {[string, number][]}
   */
  function listTotals(totals) {
    const first = totals.planned > 0 ? "planned" : "changed";
    const order = [first, "unchanged", "skipped", "conflict", "failed"];
    if (!order.some((key) => totals[key] > 0)) return [];
    return order.filter((key) => key === first || totals[key] > 0).map((key) => [key, totals[key] || 0]);
  }

  /**
   * The value a setting acts with: the saved one, else its default.
   * @param {StashBundle.SettingRow} row
   * @param {Record<string, unknown>} values
   */
  function effectiveValue(row, values) {
    const saved = values[row.key];
    return saved === undefined || saved === null ? row.default : saved;
  }

  /**
   * What a typed text means for a setting: a value, "back to the default" (null), or the key of a complaint.
   * @param {StashBundle.SettingRow} row
   * @param {string} text
   * @returns {{value: unknown} | {problem: string, values: StashBundle.Values}}
   */
  function parseSetting(row, text) {
    const typed = text.trim();
    if (typed === "") return { value: null };
    if (row.type !== "NUMBER") return { value: typed };
    const value = Number(typed.replace(",", "."));
    if (Number.isNaN(value)) return { problem: "settings.not_a_number", values: { text: typed } };
    if (row.minimum !== null && value < row.minimum) return { problem: "settings.too_small", values: { limit: row.minimum } };
    if (row.maximum !== null && value > row.maximum) return { problem: "settings.too_large", values: { limit: row.maximum } };
    return { value };
  }

  /**
   * The whole map of a plugin's settings after changes; null removes a key, which brings its default back.
   * @param {Record<string, unknown>} map
   * @param {Record<string, unknown>} changes
   */
  function mergeSettings(map, changes) {
    const kept = Object.entries({ ...map, ...changes }).filter(([, value]) => value !== null && value !== undefined);
    return Object.fromEntries(kept);
  }

  const core = { hasEnded, describeTask, levelOf, listTotals, effectiveValue, parseSetting, mergeSettings };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
