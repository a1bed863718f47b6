// The Following tab: what waits, and the performers and studios that are followed, with what came.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Show the skipped scenes when asked. @param {{data: any, onChanged: () => void}} props */
  function SkippedScenes({ data, onChanged }) {
    const t = kit.useText();
    const [isOpen, setOpen] = useState(false);
    const { skipped } = data;
    if (!skipped.length) return null;
    if (isOpen) return h(missing.WaitingScenes, { scenes: skipped, word: "skipped", data, onChanged });
    return h("p", { className: "mt-3" }, h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-expanded": false, onClick: () => setOpen(true) }, t("following.skipped", { count: skipped.length })));
  }

  function FollowingTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const load = kit.useLoad("follows", (signal) => ui.operation("list_follows", {}, { signal }));
    const task = kit.useTask("follow", { onEnd: load.reload });
    if (load.error || !load.data) return h(kit.Pending, { load, shape: "cards" });
    const { data } = load;
    const shared = { data, onChanged: load.reload };
    const noticed = h(missing.NoticedScenes, shared);
    if (!data.follows.length) return h(React.Fragment, null, h(kit.Empty, { icon: "faBell", title: t("following.none"), text: t("following.none.text") }, h(missing.FollowNew, { follows: [], onChanged: load.reload, variant: "primary" })), noticed);
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { size: "sm", icon: "faSync", disabled: task.isActive, onClick: () => task.start(missing.FOLLOW_TASK, {}, t("following.checking")) }, t("following.check")),
        data.checked_at && h("span", { className: "text-muted" }, t("following.checked", { moment: kit.formatMoment(data.checked_at, locale) })),
      ),
      h(kit.TaskProgress, { task }),
      h(missing.WaitingScenes, { scenes: data.asks, word: "asks", ...shared }),
      h(missing.WaitingScenes, { scenes: data.waits, word: "waits", ...shared }),
      noticed,
      h(missing.FollowedCards, shared),
      h(SkippedScenes, shared),
    );
  }

  Object.assign(missing, { FollowingTab });
})();
