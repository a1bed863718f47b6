// What a scene was matched with: its item, or the candidates to choose from, each with its poster in Plex.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;

  /** Show an item with its poster; its file is named only where it is not that of the scene. @param {{item: any, match: any, pictures: Record<string, any>, children?: any}} props */
  function MatchedItem({ item, match, pictures, children }) {
    const isOther = item.path && (item.path !== match.file || match.items.length > 1);
    return h(
      "div",
      { className: "s2p-scene s2p-item" },
      h(plexSync.PlexImage, { picture: pictures[item.rating_key], className: "s2p-poster" }),
      h("div", { className: "s2p-files" }, h(plexSync.PlexLink, { item }), isOther && h("div", { className: "text-muted small" }, item.path), children),
    );
  }

  /** Show the item of a scene, or the candidates to choose from. @param {{match: any, pictures: Record<string, any>, canChoose: boolean, onLink: (key: string) => unknown}} props */
  function MatchedItems({ match, pictures, canChoose, onLink }) {
    const t = kit.useText();
    const { items } = match;
    const isOpen = match.how === "ambiguous";
    if (!items.length) return h("span", { className: "text-muted" }, t("match.item.none"));
    const use = (/** @type {any} */ item) => h(kit.ActionButton, { size: "sm", "aria-label": `${t("match.this_one")}: ${item.path}`, onClick: () => onLink(item.rating_key) }, t("match.this_one"));
    return h(
      React.Fragment,
      null,
      isOpen && h("div", { className: "mb-1" }, t("match.candidates", { count: items.length })),
      items.map((/** @type {any} */ item) => h(MatchedItem, { key: item.rating_key, item, match, pictures }, isOpen && canChoose && h("div", { className: "mt-1" }, use(item)))),
    );
  }

  Object.assign(plexSync, { MatchedItems });
})();
