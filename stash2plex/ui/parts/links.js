// Links to items in Plex, and to the match of a scene.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;

  /** Show an item of Plex, as a link when its address is known. @param {{item: any}} props */
  function PlexLink({ item }) {
    const text = item.title || item.path || item.rating_key;
    return h(kit.OutLink, { href: item.url }, text);
  }

  /** Link to the Matches tab, filtered by a scene's name. @param {{label: string}} props */
  function MatchLink({ label }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const to = `${ui.path}/matches?text=${encodeURIComponent(label)}`;
    return h(ReactRouterDOM.Link, { to, "aria-label": `${t("match.open")}: ${label}`, className: "small" }, t("match.open"));
  }

  Object.assign(plexSync, { PlexLink, MatchLink });
})();
