// The heartbeat: once a minute a visible page lets the plugin do what is due.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useEffect } = React;
  const HEARTBEAT_SECONDS = 60;

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
    return kit.clock.every(HEARTBEAT_SECONDS, () => void beat());
  }

  function Heartbeat() {
    const ui = kit.useUi();
    useEffect(() => (ui.hasHeartbeat ? startHeartbeat(ui, ui.beats.emit) : undefined), [ui]);
    return null;
  }

  /** What the plugin wants to be known, from its last heartbeat. */
  function HeartbeatNotices() {
    const ui = kit.useUi();
    const beat = kit.useSignal(ui.beats, { notices: [] });
    return beat.notices.map((/** @type {any} */ notice) => h(kit.Notice, { key: notice.key, level: notice.level }, notice.text));
  }

  Object.assign(kit, { Heartbeat, HeartbeatNotices });
})();
