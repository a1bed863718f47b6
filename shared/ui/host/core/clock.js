// The one timer for everything that repeats; it runs only while the page is visible. The browser's timer is an argument. Pure.
(function (root) {
  "use strict";

  /**
   * Return a clock whose jobs repeat on one timer; `wake` is called when the page becomes visible.
   * @param {StashBundle.ClockParts} parts
   * @returns {StashBundle.Clock}
   */
  function makeClock({ now, setTimer, clearTimer, isVisible }) {
    /** @type {Set<{due: number, every: number, run: () => void}>} */
    const entries = new Set();
    /** @type {unknown} */
    let timer = null;

    function clear() {
      if (timer !== null) clearTimer(timer);
      timer = null;
    }

    function arm() {
      clear();
      if (!entries.size || !isVisible()) return;
      const next = Math.min(...[...entries].map((entry) => entry.due));
      timer = setTimer(tick, Math.max(0, next - now()));
    }

    function tick() {
      timer = null;
      for (const entry of [...entries]) {
        if (entry.due > now()) continue;
        entry.due = now() + entry.every;
        entry.run();
      }
      arm();
    }

    /**
     * Run a job again and again; return the function that stops it.
     * @param {number} seconds at least one
     * @param {() => void} run
     * @param {number} [first] seconds until the first time
     */
    function every(seconds, run, first = Math.max(1, seconds)) {
      const entry = { every: Math.max(1, seconds) * 1000, due: now() + first * 1000, run };
      entries.add(entry);
      arm();
      return () => {
        entries.delete(entry);
        arm();
      };
    }

    return { every, wake: arm, size: () => entries.size };
  }

  const core = { makeClock };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
