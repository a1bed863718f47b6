// The meaning of the queue's status: the text to show, the progress, the polling interval, and when an open page works on entries. Pure.
(function (root) {
  "use strict";

  const STATES = ["dead", "parked", "waiting", "working"]; // what needs a person comes first
  const HANDLED = ["waiting", "parked", "dead"];
  // The kinds of differences that a sync writes.
  const SENT_KINDS = ["empty", "stale", "drifted"];
  // The cause of a pause when another Plex answers: the code of that error.
  const OTHER_SERVER = "OtherServer";

  /** Return the state that keeps everything from being sent, null if nothing does. @param {any} status */
  function findBlock(status) {
    if (!status.configured) return { key: "state.not_set_up", level: "warning", setup: true };
    if (status.queue.paused) return { key: "state.paused", level: "warning", paused: true };
    if (status.queue.down) return { key: "state.down", level: "danger", down: true };
    return status.enabled ? null : { key: "state.off", level: "warning", setup: true };
  }

  /** Return true if Plex is set up and its owner has not pressed Start syncing yet. @param {any} status */
  function needsStart(status) {
    return Boolean(status.configured) && status.started === false;
  }

  /** Return true until syncing was started with this Plex: the page shows how to start. @param {any} status */
  function isNew(status) {
    return !status.configured || needsStart(status);
  }

  /** Return how many entries the queue has, whatever their state. @param {any} queue */
  function countOpen(queue) {
    return STATES.reduce((sum, state) => sum + queue[state], 0);
  }

  /** Return how many scenes a preview would write, and its other counts. @param {Record<string, number>} counts */
  function countPreview(counts) {
    const entries = Object.entries(counts);
    const writes = entries.filter(([kind]) => SENT_KINDS.includes(kind)).reduce((sum, [, count]) => sum + count, 0);
    return { writes, rest: Object.fromEntries(entries.filter(([kind]) => !SENT_KINDS.includes(kind))) };
  }

  /** Return the counts of a comparison as text. @param {Record<string, number>} counts @param {StashBundle.Translate} t */
  function listCounts(counts, t) {
    return Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => t(`kind.${kind}`, { count }))
      .join(", ");
  }

  /** Return true if entries are sent now; a task may also wait for entries that are due later. @param {any} queue @param {number} now */
  function isSending(queue, now) {
    if (queue.working || !queue.draining) return Boolean(queue.working);
    return !queue.waiting || !queue.next_due || Date.parse(queue.next_due) <= now;
  }

  /**
   * Return the text key and level of what the queue does now, the worst first.
   * The level is "success" only when nothing waits, nothing failed and something was sent.
   * @param {any} status
   * @param {number} now milliseconds
   * @returns {{key: string, level: string, setup?: boolean, paths?: boolean, paused?: boolean, down?: boolean}}
   */
  function describeState(status, now) {
    const { queue } = status;
    const block = findBlock(status);
    if (block) return block;
    if (status.all_missing) return { key: "state.astray", level: "danger", paths: true };
    if (isSending(queue, now)) return { key: "state.working", level: "info" };
    if (status.behind) return { key: "state.behind", level: "info" };
    if (queue.waiting) return { key: "state.waiting", level: "info" };
    if (queue.dead) return { key: "state.dead", level: "danger" };
    if (queue.parked) return { key: "state.parked", level: "warning" };
    if (status.is_syncing) return { key: "state.syncing", level: "info" };
    return status.last_sync ? { key: "state.done", level: "success" } : { key: "state.new", level: "info" };
  }

  /**
   * Return the progress since the queue was empty; the total grows with added entries. Null when it is empty.
   * @param {{start: number} | null} before
   * @param {any} queue
   * @returns {{start: number, done: number, total: number, percent: number} | null}
   */
  function trackProgress(before, queue) {
    const left = queue.waiting + queue.working;
    if (!left) return null;
    const start = before ? Math.min(before.start, queue.done) : queue.done;
    const done = queue.done - start;
    const total = done + left;
    return { start, done, total, percent: Math.floor((done / total) * 100) };
  }

  /**
   * Return true if an open page should work on the queue now.
   * @param {any} status
   * @param {number} now milliseconds
   */
  function shouldStep(status, now) {
    const { queue } = status;
    if (!status.configured || needsStart(status) || !status.enabled || queue.paused || queue.draining) return false;
    if (!queue.waiting) return false;
    return !queue.next_due || Date.parse(queue.next_due) <= now;
  }

  /** Return the seconds between two readings of the status: few while entries move, else the setting. @param {any} status */
  function choosePace(status) {
    if (!status) return 5;
    const { queue } = status;
    const isMoving = (queue.draining || queue.working || queue.waiting) && !queue.paused && !queue.down;
    return isMoving ? 2 : status.poll_seconds;
  }

  /** Return the seconds until a scene's badge is read again; 0 for never. @param {any} badge */
  function chooseBadgePace(badge) {
    if (!badge || badge.badge !== "waiting") return 0;
    return badge.is_held ? 15 : 5;
  }

  /** Return the reasons of a state with their counts. @param {any} queue @param {string} state */
  function listReasons(queue, state) {
    return queue.reasons.filter((/** @type {any} */ each) => each.state === state);
  }

  /** Return how many entries a state has, or one reason of it. @param {any} queue @param {string} state @param {string} reason */
  function countRows(queue, state, reason) {
    const found = listReasons(queue, state).find((/** @type {any} */ each) => each.reason === reason);
    return reason ? (found ? found.n : 0) : queue[state];
  }

  /** Return the reason to show; empty when no entry has it any more. @param {any} queue @param {string} state @param {string} reason */
  function keepReason(queue, state, reason) {
    return countRows(queue, state, reason) ? reason : "";
  }

  /** Return the state to open first: one that needs a person, else "waiting". @param {any} queue */
  function chooseState(queue) {
    if (queue.dead) return "dead";
    return queue.parked && !queue.waiting ? "parked" : "waiting";
  }

  /** Return a reason in plain words; the code of an error without a text is shown as it is. @param {string} reason @param {StashBundle.Translate} t */
  function nameReason(reason, t) {
    return t(`reason.${reason}`, {}, reason.replace(/_/g, " "));
  }

  const core = { STATES, HANDLED, OTHER_SERVER, needsStart, isNew, countOpen, countPreview, listCounts, describeState, trackProgress, shouldStep, choosePace, chooseBadgePace, listReasons, keepReason, countRows, chooseState, nameReason };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.plexSync, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
