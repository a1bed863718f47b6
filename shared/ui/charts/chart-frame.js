// What all charts have around them: a title, and the same figures as a table for screen readers.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;

  /**
   * Show a chart with its title; a screen reader gets the table instead of the drawing.
   * @param {{title: string, heads: string[], rows: any[][], isTitleHidden?: boolean, children?: any}} props rows: the cells of the table, the first one names the row
   */
  function ChartFrame({ title, heads, rows, isTitleHidden = false, children }) {
    const row = (/** @type {any[]} */ cells, /** @type {number} */ number) =>
      h("tr", { key: number }, cells.map((cell, place) => h(place ? "td" : "th", place ? { key: place } : { key: place, scope: "row" }, cell)));
    return h(
      "figure",
      { className: "sbk-chart", "aria-label": title },
      h("figcaption", { className: isTitleHidden ? "sr-only" : "sbk-chart-title" }, title),
      h("div", { "aria-hidden": true }, children),
      h(
        "div",
        { className: "sr-only" }, // a table itself would keep its width, and the page would scroll sideways
        h("table", null, h("caption", null, title), h("thead", null, h("tr", null, heads.map((head) => h("th", { key: head, scope: "col" }, head)))), h("tbody", null, rows.map(row))),
      ),
    );
  }

  /** Show what the colors of a chart mean. @param {{names: string[], band?: string}} props band: the name of the bands behind the columns */
  function Legend({ names, band }) {
    return h(
      "div",
      { className: "sbk-legend small" },
      names.map((name, index) => h("span", { key: name }, h("i", { className: `sbk-color-${index + 1}` }), name)),
      band && h("span", null, h("i", { className: "sbk-band" }), band),
    );
  }

  /** Format a number in the reader's language, for the labels of charts. */
  function useNumber() {
    const locale = kit.useLocale();
    return React.useCallback((/** @type {number} */ value) => new Intl.NumberFormat(locale).format(value), [locale]);
  }

  Object.assign(kit, { ChartFrame, Legend, useNumber });
})();
