// The button that follows another performer or studio without leaving the tab: favorites first, then whoever is searched for.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const KEEPS = { keeps: true };
  const MOST = 40; // of each kind; those without a link are left out
  const FIND = `query FindToFollow($filter: FindFilterType, $performers: PerformerFilterType, $studios: StudioFilterType) {
    performer: findPerformers(filter: $filter, performer_filter: $performers) { rows: performers { id name image_path scene_count stash_ids { endpoint } } }
    studio: findStudios(filter: $filter, studio_filter: $studios) { rows: studios { id name image_path scene_count stash_ids { endpoint } } }
  }`;

  /** Return the linked performers and studios whose name fits, without a text the favorites. @param {string} text @param {AbortSignal} signal @returns {Promise<any[]>} */
  async function findToFollow(text, signal) {
    const filter = { q: text, per_page: MOST, sort: "scenes_count", direction: "DESC" };
    const only = text ? {} : { performers: { filter_favorites: true }, studios: { favorite: true } };
    const found = await kit.graphql(FIND, { filter, ...only }, { signal });
    return missing.listToFollow(found);
  }

  /** Show one that can be followed. @param {{one: any, isFollowed: boolean, onChoose: () => void}} props */
  function Choice({ one, isFollowed, onChoose }) {
    const t = kit.useText();
    const nobody = h("span", { className: "ms-face sbk-no-image" }, h(kit.Icon, { name: one.kind === "studio" ? "faVideo" : "faUser" }));
    return h(
      "li",
      null,
      h(
        "button",
        { type: "button", className: "ms-choice", onClick: onChoose },
        h(kit.RemoteImage, { src: one.image_path, alt: "", className: `ms-face ms-${one.kind}`, fallback: nobody }),
        h("span", { className: "ms-choice-name" }, one.name, " ", h("span", { className: "text-muted small" }, `${t(`following.kind.${one.kind}`)} · ${t("follow.new.scenes", { count: one.scene_count })}`)),
        isFollowed && h(Bootstrap.Badge, { variant: "success" }, t("follow.open.followed")),
      ),
    );
  }

  /** Let the user choose whom to follow. @param {{follows: any[], onChoose: (entity: {kind: string, id: string}) => void, onClose: () => void}} props */
  function ChooseDialog({ follows, onChoose, onClose }) {
    const t = kit.useText();
    const [text, setText] = useState("");
    const found = kit.useLoad(`follow:${text}`, (signal) => findToFollow(text.trim(), signal), KEEPS);
    const known = new Set(follows.map((/** @type {any} */ one) => `${one.kind} ${one.entity_id}`));
    const rows = found.data || [];
    return h(
      kit.Dialog,
      { title: t("follow.new.title"), onClose },
      h(kit.Field, { id: "ms-follow-new", label: t("follow.new.search"), type: "search", value: text, onChange: setText }),
      (found.error || !found.data) && h(kit.Pending, { load: found, shape: "lines" }),
      rows.length > 0 && h("p", { className: "text-muted small mb-1" }, t(text.trim() ? "follow.new.found" : "follow.new.favorites")),
      h("ul", { className: "ms-choices" }, rows.map((/** @type {any} */ one) => h(Choice, { key: `${one.kind} ${one.id}`, one, isFollowed: known.has(`${one.kind} ${one.id}`), onChoose: () => onChoose({ kind: one.kind, id: one.id }) }))),
      found.data && !rows.length && h("p", { className: "text-muted", role: "status" }, t(text.trim() ? "follow.new.none" : "follow.new.no_favorites")),
    );
  }

  /** Show the button, then the choice, then the rules. @param {{follows: any[], onChanged: () => void, variant?: string}} props */
  function FollowNew({ follows, onChanged, variant = "secondary" }) {
    const t = kit.useText();
    const [isChoosing, setChoosing] = useState(false);
    const [entity, setEntity] = useState(/** @type {any} */ (null));
    const choose = (/** @type {any} */ one) => (setChoosing(false), setEntity(one));
    return h(
      React.Fragment,
      null,
      h(Bootstrap.Button, { size: "sm", variant, onClick: () => setChoosing(true) }, h(kit.Icon, { name: "faPlus" }), h("span", null, t("follow.new"))),
      isChoosing && h(ChooseDialog, { follows, onChoose: choose, onClose: () => setChoosing(false) }),
      entity && h(missing.FollowDialog, { entity, onClose: () => setEntity(null), onChanged }),
    );
  }

  Object.assign(missing, { FollowNew });
})();
