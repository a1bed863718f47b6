// The Overview tab's tiles: one figure each, which leads to the place behind it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const ONE_ROW = 7;

  /** @param {any} props */
  function TileContent({ figure, label, text, level, icon, share }) {
    const number = kit.useNumber();
    const shown = typeof figure === "number" ? number(figure) : figure;
    return h(
      React.Fragment,
      null,
      h("span", { className: "sbk-tile-label" }, icon && h(kit.Icon, { name: icon }), label),
      share === undefined ? h("strong", { className: "sbk-tile-figure" }, shown) : h(kit.Ring, { share, label, text: shown }),
      text && h("span", { className: `small ${level ? `text-${level}` : "text-muted"}` }, text),
    );
  }

  /**
   * Show a figure with its name; with `tab` or `to` the whole tile is a link.
   * @param {{figure: any, label: string, text?: string, level?: string, icon?: string, tab?: string, to?: string, share?: number}} props
   *   text: the state in a few words; level: "success", "warning" or "danger" of the state; tab: of this plugin's page, may end with a query;
   *   to: an address inside Stash; share: in percent, drawn as a ring around the figure
   */
  function Tile({ tab, to, level = "", ...rest }) {
    const ui = kit.useUi();
    const address = tab === undefined ? to : `${ui.path}${tab && `/${tab}`}`;
    const content = h(TileContent, { level, ...rest });
    const className = `card sbk-tile ${level ? `sbk-${level}` : ""}`;
    return address ? h(ReactRouterDOM.Link, { to: address, className }, content) : h("div", { className }, content);
  }

  /** Return the number of tiles in a row, so that two rows are equally long. @param {number} count */
  const countColumns = (count) => (count > ONE_ROW ? Math.ceil(count / 2) : Math.max(count, 1));

  /**
   * Show tiles side by side. While the load has no data, gray tiles keep their places, so that nothing jumps.
   * @param {{label: string, load: StashBundle.Loaded, count: number, children: (data: any) => any[]}} props
   *   count: of the gray tiles; children: returns the props of the tiles for the data; false entries are left out
   */
  function TileRow({ label, load, count, children }) {
    if (load.error) return h(kit.Pending, { load });
    const tiles = load.data ? children(load.data).filter(Boolean).map((tile) => h(Tile, { key: tile.label, ...tile })) : null;
    const style = /** @type {any} */ ({ "--sbk-columns": countColumns(tiles ? tiles.length : count) });
    return h("div", { className: "sbk-tiles", style, role: "group", "aria-label": label }, tiles || h(kit.Skeleton, { count, className: "card sbk-tile" }));
  }

  Object.assign(kit, { Tile, TileRow });
})();
