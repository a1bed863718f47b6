// The notices of the heartbeat on the plugin's page.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useEffect } = React;
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

  /** Show the notices of the plugin's last heartbeat; while they are shown the heartbeat is called once a minute. */
  function HeartbeatNotices() {
    const ui = kit.useUi();
    const beat = kit.useSignal(ui.beats, { notices: [] });
    useEffect(() => kit.openPage(ui), [ui]);
    return beat.notices.map((/** @type {any} */ notice) => h(HeartbeatNotice, { key: notice.key, notice }));
  }

  Object.assign(kit, { HeartbeatNotices });
})();
