// The clock of this browser tab; it holds the only timer of the kit.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const clock = kit.makeClock({
    now: () => Date.now(),
    setTimer: (run, milliseconds) => window.setTimeout(run, milliseconds),
    clearTimer: (timer) => window.clearTimeout(/** @type {number} */ (timer)),
    isVisible: () => document.visibilityState === "visible",
  });
  document.addEventListener("visibilitychange", clock.wake);

  Object.assign(kit, { clock });
})();
