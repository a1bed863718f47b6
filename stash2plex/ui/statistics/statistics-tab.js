// The Statistics tab: success rate, speed, charts by day, and the outages of Plex.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;
  const PERIODS = ["7", "30", "365"];
  const NAMES = ["done", "failed", "edits", "uploads"];
  const SKIPPED = "skipped: ";

  /** @param {{data: any}} props */
  function Figures({ data }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const number = (/** @type {number} */ value, options = {}) => new Intl.NumberFormat(locale, options).format(value);
    const unknown = t("statistics.unknown");
    const rate = data.success_rate === null ? unknown : number(Math.floor(data.success_rate * 1000) / 1000, { style: "percent", maximumFractionDigits: 1 });
    const seconds = data.seconds_per_scene === null ? unknown : t("statistics.seconds.value", { seconds: number(data.seconds_per_scene, { maximumSignificantDigits: 2 }) });
    const tiles = [
      { label: t("statistics.rate"), figure: rate, level: data.totals.failed ? "warning" : "success", text: t("statistics.of", { count: (data.totals.done || 0) + (data.totals.failed || 0) }) },
      { label: t("statistics.seconds"), figure: seconds },
      ...NAMES.map((name) => ({ label: t(`statistics.${name}`), figure: data.totals[name] || 0 })),
    ];
    return h("div", { className: "sbk-tiles" }, tiles.map((tile) => h(kit.Tile, { key: tile.label, ...tile })));
  }

  /** @param {{totals: Record<string, number>}} props */
  function SkippedBars({ totals }) {
    const t = kit.useText();
    const rows = Object.keys(totals).filter((name) => name.startsWith(SKIPPED));
    if (!rows.length) return null;
    return h(kit.Bars, { title: t("statistics.skipped"), rows: rows.map((name) => ({ key: name, label: plexSync.nameReason(name.slice(SKIPPED.length), t), value: totals[name] })) });
  }

  /** @param {{rows: any[]}} props */
  function OutageTable({ rows }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const columns = [
      { key: "since", title: t("statistics.from"), render: (/** @type {any} */ row) => kit.formatMoment(row.since, locale) },
      { key: "length", title: t("statistics.length"), render: (/** @type {any} */ row) => kit.formatSpan((Date.parse(row.until || new Date().toISOString()) - Date.parse(row.since)) / 1000, locale) },
      { key: "until", title: t("statistics.until"), render: (/** @type {any} */ row) => kit.formatMoment(row.until, locale) || t("statistics.still") },
      { key: "message", title: t("statistics.message"), className: "sbk-value" },
    ];
    const empty = h("p", { className: "text-muted" }, t("statistics.outages.none"));
    return h(React.Fragment, null, h("h2", { className: "h5" }, t("statistics.outages")), h(kit.Table, { caption: t("statistics.outages"), columns, rows, keyOf: (/** @type {any} */ row) => row.since, empty }));
  }

  /** @param {{found: any, span: number}} props */
  function StatisticsView({ found, span }) {
    const t = kit.useText();
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "chart" });
    const { data } = found;
    return h(
      React.Fragment,
      null,
      data.days.length ? h(Figures, { data }) : h(kit.Empty, { icon: "faChartBar", title: t("statistics.none") }),
      h(plexSync.SyncedDays, { data, span }),
      h(plexSync.SecondsPerScene, { data }),
      h(SkippedBars, { totals: data.totals }),
      h(OutageTable, { rows: data.outages }),
    );
  }

  function StatisticsTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [days, setDays] = useState("30");
    const found = kit.useLoad(days, (signal) => ui.operation("statistics", { days: Number(days) }, { signal }));
    const choices = PERIODS.map((value) => ({ value, label: t(`statistics.${value}`) }));
    return h(React.Fragment, null, h("div", { className: "s2p-bar" }, h(kit.Picker, { id: "s2p-days", label: t("statistics.days"), value: days, choices, onChange: setDays })), h(StatisticsView, { found, span: Number(days) }));
  }

  Object.assign(plexSync, { StatisticsTab });
})();
