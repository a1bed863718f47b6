// Upright columns: counts per day with outages as bands, and distributions.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const WIDTH = 600;
  const HEIGHT = 140;

  /** @param {{columns: {label: string, values: number[]}[], top: number, number: (value: number) => string}} props */
  function ColumnShapes({ columns, top, number }) {
    const step = WIDTH / columns.length;
    const column = (/** @type {any} */ { label, values }, /** @type {number} */ index) => {
      let below = 0;
      const parts = values.map((/** @type {number} */ value, /** @type {number} */ part) => {
        const height = (HEIGHT * value) / top;
        below += height;
        return h("rect", { key: part, className: `sbk-color-${part + 1}`, x: index * step + step * 0.1, width: step * 0.8, y: HEIGHT - below, height });
      });
      return h("g", { key: label }, h("title", null, `${label}: ${values.map(number).join(" / ")}`), parts);
    };
    return h("g", null, columns.map(column));
  }

  /** @param {{first: string, last: string}} props */
  function AxisEnds({ first, last }) {
    return h("div", { className: "sbk-axis small text-muted" }, h("span", null, first), last !== first && h("span", null, last));
  }

  /** @param {{columns: {label: string, values: number[]}[], bands?: {from: number, to: number}[]}} props */
  function ColumnChart({ columns, bands = [] }) {
    const number = kit.useNumber();
    const top = kit.chooseTop(columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0)));
    if (!columns.length) return null;
    return h(
      "div",
      null,
      h("div", { className: "sbk-scale small text-muted" }, number(top)),
      h(
        "svg",
        { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", className: "sbk-columns" },
        bands.map(({ from, to }) => h("rect", { key: from, className: "sbk-band", x: from * WIDTH, width: Math.max(2, (to - from) * WIDTH), y: 0, height: HEIGHT })),
        h(ColumnShapes, { columns, top, number }),
      ),
      h(AxisEnds, { first: columns[0].label, last: columns[columns.length - 1].label }),
    );
  }

  /**
   * Show counts per day, stacked by their names, with the outages of a service behind them.
   * @param {{title: string, names: string[], days: Record<string, number[]>, outages?: {since: string, until?: string | null}[], outageName?: string}} props
   *   days: for each day such as "2026-03-01" one count per name; days without counts are drawn empty
   */
  function DayColumns({ title, names, days, outages = [], outageName = "" }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const order = kit.fillDays(Object.keys(days));
    const name = (/** @type {string} */ day) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
    const columns = order.map((/** @type {string} */ day) => ({ label: name(day), values: days[day] || names.map(() => 0) }));
    const bands = kit.placeBands(outages, order);
    return h(
      kit.ChartFrame,
      { title, heads: [t("chart.day"), ...names], rows: columns.map((/** @type {any} */ { label, values }) => [label, ...values]) },
      h(kit.Legend, { names, band: bands.length ? outageName : "" }),
      h(ColumnChart, { columns, bands }),
    );
  }

  /** Show how many items lie in each group, for instance in each tenth of completeness (kit.countTenths). @param {{title: string, unit: string, groups: {label: string, value: number}[]}} props */
  function Distribution({ title, unit, groups }) {
    const t = kit.useText();
    const columns = groups.map(({ label, value }) => ({ label, values: [value] }));
    return h(kit.ChartFrame, { title, heads: [t("chart.group"), unit], rows: groups.map(({ label, value }) => [label, value]) }, h(ColumnChart, { columns }));
  }

  Object.assign(kit, { DayColumns, Distribution });
})();
