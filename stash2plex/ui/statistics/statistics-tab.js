// The Statistics tab: success rate, speed, counters by day, and the outages of Plex.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;
  const PERIODS = ["7", "30", "365"];
  const NAMES = ["done", "failed", "edits", "uploads"];
  const SKIPPED = "skipped: ";

  /** Return one row for each day, newest first. @param {{day: string, name: string, count: number}[]} days */
  function groupDays(days) {
    /** @type {Map<string, any>} */
    const rows = new Map();
    for (const { day, name, count } of days) rows.set(day, { ...(rows.get(day) || { day }), [name]: count });
    return [...rows.values()].sort((left, right) => (left.day < right.day ? 1 : -1));
  }

  /** @param {{data: any}} props */
  function Figures({ data }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const number = (/** @type {number} */ value, options = {}) => new Intl.NumberFormat(locale, options).format(value);
    const unknown = t("statistics.unknown");
    const rate = data.success_rate === null ? unknown : number(Math.floor(data.success_rate * 1000) / 1000, { style: "percent", maximumFractionDigits: 1 });
    const seconds = data.seconds_per_scene === null ? unknown : t("statistics.seconds.value", { seconds: number(data.seconds_per_scene, { maximumSignificantDigits: 2 }) });
    return h(
      "div",
      { className: "s2p-figures" },
      h(plexSync.Figure, { label: t("statistics.rate"), value: rate }),
      h(plexSync.Figure, { label: t("statistics.seconds"), value: seconds }),
      NAMES.map((name) => h(plexSync.Figure, { key: name, label: t(`statistics.${name}`), value: number(data.totals[name] || 0) })),
    );
  }

  /** @param {{totals: Record<string, number>}} props */
  function SkippedList({ totals }) {
    const t = kit.useText();
    const rows = Object.keys(totals).filter((name) => name.startsWith(SKIPPED));
    if (!rows.length) return null;
    const show = (/** @type {string} */ name) => h("li", { key: name }, `${plexSync.nameReason(name.slice(SKIPPED.length), t)}: ${totals[name]}`);
    return h(React.Fragment, null, h("h2", { className: "h5" }, t("statistics.skipped")), h("ul", null, rows.map(show)));
  }

  /** @param {{rows: any[]}} props */
  function OutageTable({ rows }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const columns = [
      { key: "since", title: t("statistics.from"), render: (/** @type {any} */ row) => kit.formatMoment(row.since, locale) },
      { key: "until", title: t("statistics.until"), render: (/** @type {any} */ row) => kit.formatMoment(row.until, locale) || t("statistics.still") },
      { key: "message", title: t("statistics.message"), className: "sbk-value" },
    ];
    const empty = h("p", { className: "text-muted" }, t("statistics.outages.none"));
    return h(React.Fragment, null, h("h2", { className: "h5" }, t("statistics.outages")), h(kit.Table, { caption: t("statistics.outages"), columns, rows, keyOf: (/** @type {any} */ row) => row.since, empty }));
  }

  /** @param {{found: any}} props */
  function StatisticsView({ found }) {
    const t = kit.useText();
    if (found.error || !found.data) return h(kit.Pending, { load: found });
    const { data } = found;
    const columns = [{ key: "day", title: t("statistics.day") }, ...NAMES.map((name) => ({ key: name, title: t(`statistics.${name}`), render: (/** @type {any} */ row) => row[name] || 0 }))];
    return h(
      React.Fragment,
      null,
      data.days.length ? h(Figures, { data }) : h(kit.Empty, { icon: "faChartBar", title: t("statistics.none") }),
      h(SkippedList, { totals: data.totals }),
      data.days.length > 0 && h("h2", { className: "h5" }, t("statistics.by_day")),
      h(kit.Table, { caption: t("statistics.by_day"), columns, rows: groupDays(data.days), keyOf: (/** @type {any} */ row) => row.day }),
      h(OutageTable, { rows: data.outages }),
    );
  }

  function StatisticsTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [days, setDays] = useState("30");
    const found = kit.useLoad(days, (signal) => ui.operation("statistics", { days: Number(days) }, { signal }));
    const choices = PERIODS.map((value) => ({ value, label: t(`statistics.${value}`) }));
    return h(React.Fragment, null, h("div", { className: "s2p-bar" }, h(kit.Picker, { id: "s2p-days", label: t("statistics.days"), value: days, choices, onChange: setDays })), h(StatisticsView, { found }));
  }

  Object.assign(plexSync, { StatisticsTab });
})();
