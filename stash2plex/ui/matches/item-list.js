// A list of items in Plex, as one of two operations returns them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;
  const PAGE_SIZE = 25;

  /** Show items in Plex, page by page; `act` returns the action of an item. @param {{operation: string, text: string, empty: {title: string, text?: string}, act?: (item: any) => any}} props */
  function ItemList({ operation, text, empty, act }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [place, setPlace] = useState({ text, page: 1 });
    const page = place.text === text ? place.page : 1;
    const query = { text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(`${operation}:${JSON.stringify(query)}`, (signal) => ui.operation(operation, query, { signal }));
    const { pictures } = plexSync.usePlexPictures(found.data ? found.data.items.map((/** @type {any} */ item) => item.rating_key) : []);
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "table" });
    const columns = [
      { key: "title", title: t("match.item"), className: "sbk-value", render: (/** @type {any} */ item) => h("div", { className: "s2p-scene" }, h(plexSync.PlexImage, { picture: pictures[item.rating_key], className: "s2p-poster" }), h(plexSync.PlexLink, { item })) },
      { key: "files", title: t("match.files"), className: "sbk-value", render: (/** @type {any} */ item) => item.files.map((/** @type {string} */ file) => h("div", { key: file, className: "small s2p-files" }, file)) },
      ...(act ? [{ key: "act", title: "", render: act }] : []),
    ];
    return h(
      React.Fragment,
      null,
      h(kit.Table, { caption: t("match.items"), columns, rows: found.data.items, keyOf: (/** @type {any} */ item) => item.rating_key, nameOf: (/** @type {any} */ item) => item.title, empty: h(kit.Empty, { icon: "faFilm", ...empty }) }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: found.data.count, onPage: (/** @type {number} */ next) => setPlace({ text, page: next }) }),
    );
  }

  Object.assign(plexSync, { ItemList });
})();
