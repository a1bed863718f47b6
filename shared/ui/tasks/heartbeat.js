// The heartbeat: once a minute a visible page lets the plugin do what is due.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useEffect } = React;
  const HEARTBEAT_SECONDS = 60;

  /**
   * Call the plugin's heartbeat once a minute while a page of Stash is visible; return the function that stops it. An error is
   * not shown, because no user asked for the call and the next minute repeats it.
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

  /** Run the plugin's heartbeat while the host is mounted. */
  function Heartbeat() {
    const ui = kit.useUi();
    useEffect(() => (ui.hasHeartbeat ? startHeartbeat(ui, ui.beats.emit) : undefined), [ui]);
    return null;
  }

  /** Show one notice; a button dismisses it if it is about something that is over. @param {{notice: StashBundle.HeartbeatNotice}} props */
  function HeartbeatNotice({ notice }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const dismiss = async () => {
      await ui.operation("notice_dismiss", { key: notice.key });
      const { notices } = ui.beats.last;
      ui.beats.emit({ ...ui.beats.last, notices: notices.filter((/** @type {any} */ one) => one.key !== notice.key) });
    };
    return h(
      kit.Notice,
      { level: notice.level },
      h("div", null, notice.text),
      notice.can_dismiss && h(kit.ActionButton, { size: "sm", className: "mt-2", onClick: dismiss }, t("task.dismiss")),
    );
  }

  /** Show the notices of the plugin's last heartbeat. */
  function HeartbeatNotices() {
    const ui = kit.useUi();
    const beat = kit.useSignal(ui.beats, { notices: [] });
    return beat.notices.map((/** @type {any} */ notice) => h(HeartbeatNotice, { key: notice.key, notice }));
  }

  Object.assign(kit, { Heartbeat, HeartbeatNotices });
})();
