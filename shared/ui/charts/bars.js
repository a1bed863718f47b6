// Horizontal bars: one for each performer, studio, tag or field, and the bar of a single share.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;

  /** Show a percentage as a bar with its number. @param {{share: number, label: string, level?: string}} props level: "success" for what is complete */
  function ShareBar({ share, label, level = "" }) {
    return h(
      "div",
      { className: "sbk-share" },
      h(
        "div",
        { className: "progress", role: "progressbar", "aria-label": label, "aria-valuenow": share, "aria-valuemin": 0, "aria-valuemax": 100 },
        h("div", { className: `progress-bar ${level ? `bg-${level}` : ""}`, style: { width: `${share}%` } }),
      ),
      h("span", { "aria-hidden": true }, `${share} %`),
    );
  }

  /** @param {{row: any}} props */
  function BarName({ row }) {
    const picture = row.picture !== undefined && h(kit.RemoteImage, { src: row.picture, alt: "", fallback: h("span", { className: "sbk-bar-picture sbk-no-image" }), className: "sbk-bar-picture" });
    const name = h("span", { className: "sbk-bar-name", title: row.label }, row.label);
    return row.to ? h(ReactRouterDOM.Link, { to: row.to, className: "sbk-bar-head" }, picture, name) : h("span", { className: "sbk-bar-head" }, picture, name);
  }

  /**
   * Show a bar for each row, as long as its value is of the largest one (or of `top`). A row is a list item with its name and number as
   * text, so it needs no table behind it.
   * @param {{title: string, rows: {key?: string, label: string, value: number, text?: string, picture?: string | null, to?: string}[], top?: number, isTitleHidden?: boolean}} props
   *   picture: a portrait, null for a performer without one; to: an address inside Stash
   */
  function Bars({ title, rows, top, isTitleHidden = false }) {
    const number = kit.useNumber();
    const end = top || Math.max(1, ...rows.map((row) => row.value));
    const bar = (/** @type {any} */ row) =>
      h(
        "li",
        { key: row.key || row.label },
        h(BarName, { row }),
        h("span", { className: "progress", "aria-hidden": true }, h("span", { className: "progress-bar", style: { width: `${kit.toPercent(row.value, end)}%` } })),
        h("span", { className: "sbk-bar-value" }, row.text || number(row.value)),
      );
    return h(
      "figure",
      { className: "sbk-chart", "aria-label": title },
      h("figcaption", { className: isTitleHidden ? "sr-only" : "sbk-chart-title" }, title),
      h("ul", { className: "sbk-bars" }, rows.map(bar)),
    );
  }

  Object.assign(kit, { ShareBar, Bars });
})();
