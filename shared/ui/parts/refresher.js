// The page's refresher and the heartbeat. The only timer of the kit is in here.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const HEARTBEAT = 60;

  const clock = kit.makeClock({
    now: () => Date.now(),
    setTimer: (run, milliseconds) => window.setTimeout(run, milliseconds),
    clearTimer: (timer) => window.clearTimeout(/** @type {number} */ (timer)),
    isVisible: () => document.visibilityState === "visible",
  });
  document.addEventListener("visibilitychange", clock.wake);

  /**
   * Once a minute while a page of Stash is visible: the plugin does what is due. One call at a time; a failed one is
   * not reported, because nobody asked for it, and the next minute tries again.
   * @param {StashBundle.Ui} ui
   * @param {(beat: StashBundle.Heartbeat) => void} onBeat
   */
  function startHeartbeat(ui, onBeat) {
    let isBusy = false;
    const beat = async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        onBeat(await ui.operation("heartbeat"));
      } catch (error) {
        onBeat({ notices: [], pending: 0, error: kit.asKitError(error) });
      } finally {
        isBusy = false;
      }
    };
    return clock.every(HEARTBEAT, () => void beat());
  }

  Object.assign(kit, { clock, startHeartbeat });
})();
