// Stacked bars: how much of each field is filled, and by which source.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /**
   * Show for each row one bar that is divided by its parts; what is left of `total` stays empty.
   * @param {{title: string, names: string[], rows: {key?: string, label: string, values: number[], total: number}[]}} props names: of the parts, in the order of `values`
   */
  function StackedBars({ title, names, rows }) {
    const t = kit.useText();
    const number = kit.useNumber();
    const filled = (/** @type {any} */ row) => row.values.reduce((/** @type {number} */ sum, /** @type {number} */ value) => sum + value, 0);
    const part = (/** @type {any} */ row) => (/** @type {number} */ value, /** @type {number} */ index) =>
      h("span", { key: index, className: `progress-bar sbk-color-${index + 1}`, style: { width: `${row.total ? (100 * value) / row.total : 0}%` }, title: `${names[index]}: ${number(value)}` });
    const bar = (/** @type {any} */ row) =>
      h(
        "div",
        { key: row.key || row.label, className: "sbk-bar-row" },
        h("span", { className: "sbk-bar-name", title: row.label }, row.label),
        h("span", { className: "progress" }, row.values.map(part(row))),
        h("span", { className: "sbk-bar-value" }, `${kit.toPercent(filled(row), row.total)} %`),
      );
    const cells = rows.map((row) => [row.label, ...row.values, row.total]);
    return h(kit.ChartFrame, { title, heads: [t("chart.group"), ...names, t("chart.total")], rows: cells }, h(kit.Legend, { names }), h("div", { className: "sbk-bars" }, rows.map(bar)));
  }

  Object.assign(kit, { StackedBars });
})();
