// The phase of a task, from Stash's job and the plugin's run, with its color and totals. Pure.
(function (root) {
  "use strict";

  const ENDED_STATUSES = ["FINISHED", "CANCELLED", "FAILED"];
  // Stash also reports FINISHED for plugins that crashed, so a finished job without a finished run counts as lost.
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
   * Return true if a job has ended; null is a job that Stash has forgotten, undefined one that was not asked about yet.
   * @param {StashBundle.Job | null | undefined} job
   */
  function hasEnded(job) {
    return job === null || (job !== undefined && ENDED_STATUSES.includes(job.status));
  }

  /**
   * Return the phase and the percentage (null if unknown) to show for a task.
   * @param {StashBundle.Job | null | undefined} job
   * @param {StashBundle.Run | null | undefined} run what the plugin recorded; it is preferred to Stash's job
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
   * Return what a stopped task left and what a person does next, null for any other: the key of the sentence, and the percentage at which it stopped, null if unknown.
   * @param {StashBundle.Job | null | undefined} job
   * @param {StashBundle.Run | null | undefined} run
   * @returns {{key: "written" | "open", percent: number | null} | null}
   */
  function describeStop(job, run) {
    if (!["cancelled", "interrupted"].includes(describeTask(job, run).phase)) return null;
    const progress = job && job.progress;
    return { key: run && ((run.changes || 0) > 0 || (run.undoable || 0) > 0) ? "written" : "open", percent: progress ? Math.floor(progress * 100) : null };
  }

  /**
   * Return the level, and so the color, of a phase; "success" only for a finished run.
   * @param {StashBundle.Phase} phase
   * @returns {"success" | "warning" | "danger" | "info"}
   */
  function chooseLevel(phase) {
    if (phase === "finished") return "success";
    if (phase === "failed" || phase === "lost") return "danger";
    return ["partial", "cancelled", "interrupted", "stopping"].includes(phase) ? "warning" : "info";
  }

  /**
   * Return the totals to show: those above zero, and always "changed" (of a preview "planned"); none if nothing was counted.
   * "failed_in_part" and "conflict_in_part" are among the changed ones.
   * @param {Record<string, number>} totals
   * @returns {[string, number][]}
   */
  function listTotals(totals) {
    const first = totals.planned > 0 ? "planned" : "changed";
    const order = [first, "failed_in_part", "conflict_in_part", "unchanged", "skipped", "conflict", "failed"];
    if (!order.some((key) => totals[key] > 0)) return [];
    return order.filter((key) => key === first || totals[key] > 0).map((key) => [key, totals[key] || 0]);
  }

  /**
   * Return a sentence for each part of a run that failed and for each reason why items failed, without those that `told` has.
   * @param {{problems?: Record<string, string> | null, reasons?: string[]}} run
   * @param {string} told
   * @returns {string[]}
   */
  function listProblems(run, told) {
    const parts = Object.entries(run.problems || {}).map(([part, text]) => (text.startsWith(part) ? text : `${part}: ${text}`));
    return [...parts, ...(run.reasons || [])].filter((text) => !told.includes(text));
  }

  /**
   * Return "undone" for a run of which nothing is left to undo, "undone_in_part" for one with some changes undone, "" otherwise.
   * @param {StashBundle.Run | null | undefined} run
   * @param {Record<string, "undone" | "undone_in_part">} undoneRuns the runs that were undone on this page, by id
   * @returns {"undone" | "undone_in_part" | ""}
   */
  function describeUndone(run, undoneRuns) {
    if (!run) return "";
    if (undoneRuns[run.id]) return undoneRuns[run.id];
    if (!run.undone) return "";
    return run.undoable ? "undone_in_part" : "undone";
  }

  const core = { describeUndone, hasEnded, describeTask, describeStop, chooseLevel, listTotals, listProblems };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
