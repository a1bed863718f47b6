// What is followed, as compact cards with the portrait beside what came and the rules.
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
    const came = counts.came > 0 || !waits ? t(counts.came ? "following.came" : "following.came.none", { count: counts.came }) : "";
    return [came, waits && t("following.counts.waits", { count: waits }), counts.left_out && t("following.counts.left_out", { count: counts.left_out })].filter(Boolean).join(" · ");
  }

  /** Show the buttons of a followed performer or studio. @param {{name: string, onOpen: (what: string) => void}} props */
  function FollowedActions({ name, onOpen }) {
    const t = kit.useText();
    const button = (/** @type {string} */ what, /** @type {string} */ key) => h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => onOpen(what), "aria-label": `${t(key)}: ${name}` }, t(key));
    return h("div", { className: "sbk-actions" }, button("rules", "following.rules"), button("list", "following.list"), button("stop", "follow.stop"));
  }

  /** Show one that is followed; its portrait opens the list, too. @param {{follow: any, whisparrs: any[], onOpen: (what: string) => void}} props */
  function FollowedCard({ follow, whisparrs, onOpen }) {
    const t = kit.useText();
    const { name, kind, rules } = follow;
    const last = follow.came.slice(0, SHOWN).map((/** @type {any} */ scene) => missing.chooseTitle(scene, t("card.untitled")));
    const nobody = h("span", { className: "ms-followed-picture sbk-no-image" }, h(kit.Icon, { name: kind === "studio" ? "faVideo" : "faUser" }));
    return h(
      "article",
      { className: `card ms-followed ms-${kind}`, "aria-label": name },
      h("button", { type: "button", className: "sbk-card-link", tabIndex: -1, "aria-hidden": true, onClick: () => onOpen("list") }, h(kit.RemoteImage, { src: follow.image, alt: "", className: "ms-followed-picture", fallback: nobody })),
      h(
        "div",
        { className: "ms-followed-body" },
        h("h3", { className: "h6 mb-0" }, name, " ", h("small", { className: "text-muted" }, `${t(`following.kind.${kind}`)} · ${follow.box}`)),
        h("div", null, h("strong", null, formatCounts(follow.counts, t))),
        last.length > 0 && h("div", { className: "small" }, t("following.last"), " ", last.join(", ")),
        h("div", { className: "text-muted small" }, missing.describeRules(rules, t, whisparrs).join(" · ")),
        follow.problem && h("div", { className: "text-warning small" }, follow.problem),
        h(FollowedActions, { name, onOpen }),
      ),
    );
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
    return h(
      "section",
      null,
      h("div", { className: "ms-following-head" }, h("h2", { className: "h5" }, label), h(missing.FollowNew, { follows: data.follows, onChanged })),
      h("div", { className: "ms-followed-grid", role: "group", "aria-label": label }, data.follows.map((/** @type {any} */ one) => h(FollowedCard, { key: one.id, follow: one, whisparrs: data.whisparrs, onOpen: (next) => setOpened({ follow: one, what: next }) }))),
      what === "list" && h(missing.EntityDialog, { entity, endpoint: follow.endpoint, onClose: close }),
      what === "rules" && h(missing.FollowDialog, { entity, endpoint: follow.endpoint, onClose: close, onChanged }),
      what === "stop" && h(StopDialog, { follow, onDone: onChanged, onClose: close }),
    );
  }

  Object.assign(missing, { FollowedCards });
})();
