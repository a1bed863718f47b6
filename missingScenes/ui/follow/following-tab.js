// The Following tab: what waits, and the performers and studios that are followed, with what came.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const SHOWN = 3;

  /** Return what came and what waits as one line. @param {Record<string, number>} counts @param {StashBundle.Translate} t */
  function formatCounts(counts, t) {
    const waits = counts.asks + counts.limit + counts.retry;
    return [t("following.came", { count: counts.came }), waits && t("following.counts.waits", { count: waits }), counts.left_out && t("following.counts.left_out", { count: counts.left_out })].filter(Boolean).join(" · ");
  }

  /** Show one that is followed. @param {{follow: any, whisparrs: any[], onOpen: () => void, onRules: () => void, onStop: () => void}} props */
  function FollowedCard({ follow, whisparrs, onOpen, onRules, onStop }) {
    const t = kit.useText();
    const { name, kind, rules } = follow;
    const last = follow.came.slice(0, SHOWN).map((/** @type {any} */ scene) => missing.chooseTitle(scene, t("card.untitled")));
    return h(kit.Card, {
      title: name,
      image: kit.makePicturePath(follow.image),
      onOpen,
      itemKey: follow.id,
      className: `ms-followed ms-${kind}`,
      lines: [
        h("span", { className: "text-muted small" }, `${t(`following.kind.${kind}`)} · ${follow.box}`),
        h("strong", null, formatCounts(follow.counts, t)),
        last.length > 0 && h("span", { className: "small" }, t("following.last"), " ", last.join(", ")),
        h("span", { className: "text-muted small" }, missing.describeRules(rules, t, whisparrs).join(" · ")),
        follow.problem && h("span", { className: "text-warning small" }, follow.problem),
      ],
      actions: h(
        React.Fragment,
        null,
        h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: onRules, "aria-label": `${t("following.rules")} ${name}` }, t("following.rules")),
        h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: onStop, "aria-label": `${t("follow.stop")}: ${name}` }, t("follow.stop")),
      ),
    });
  }

  /** Ask before following is stopped. @param {{follow: any, onDone: () => void, onClose: () => void}} props */
  function StopDialog({ follow, onDone, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const stop = async () => {
      await ui.operation("unfollow", { follow_id: follow.id });
      kit.toast.success(t("follow.stopped", { name: follow.name }));
      onDone();
    };
    return h(kit.ConfirmDialog, { title: t("follow.stop.title", { name: follow.name }), confirmText: t("follow.stop"), onConfirm: stop, onClose }, t("follow.stop.text"));
  }

  /** Show all that is followed as cards; each opens its list, its rules, or Unfollow. @param {{data: any, onChanged: () => void}} props */
  function FollowedCards({ data, onChanged }) {
    const t = kit.useText();
    const [opened, setOpened] = useState(/** @type {any} */ (null));
    const close = () => setOpened(null);
    const { follow, what } = opened || {};
    const entity = follow && { kind: follow.kind, id: follow.entity_id };
    const label = t("following.followed");
    const card = (/** @type {any} */ one) => h(FollowedCard, { key: one.id, follow: one, whisparrs: data.whisparrs, ...Object.fromEntries(["list", "rules", "stop"].map((name) => [{ list: "onOpen", rules: "onRules", stop: "onStop" }[name], () => setOpened({ follow: one, what: name })])) });
    return h(
      "section",
      null,
      h("div", { className: "ms-following-head" }, h("h2", { className: "h5" }, label)),
      h(kit.CardGrid, { label }, data.follows.map(card)),
      what === "list" && h(missing.EntityDialog, { entity, endpoint: follow.endpoint, onClose: close }),
      what === "rules" && h(missing.FollowDialog, { entity, endpoint: follow.endpoint, onClose: close, onChanged }),
      what === "stop" && h(StopDialog, { follow, onDone: onChanged, onClose: close }),
    );
  }

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
    if (!data.follows.length) return h(React.Fragment, null, h(kit.Empty, { icon: "faBell", title: t("following.none"), text: t("following.none.text") }), noticed);
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-filters" },
        h(kit.ActionButton, { size: "sm", variant: "primary", icon: "faSync", disabled: task.isActive, onClick: () => task.start(missing.FOLLOW_TASK, {}, t("following.checking")) }, t("following.check")),
        data.checked_at && h("span", { className: "text-muted" }, t("following.checked", { moment: kit.formatMoment(data.checked_at, locale) })),
      ),
      h(kit.TaskProgress, { task }),
      h(missing.WaitingScenes, { scenes: data.asks, word: "asks", ...shared }),
      h(missing.WaitingScenes, { scenes: data.waits, word: "waits", ...shared }),
      noticed,
      h(FollowedCards, shared),
      h(SkippedScenes, shared),
    );
  }

  Object.assign(missing, { FollowingTab });
})();
