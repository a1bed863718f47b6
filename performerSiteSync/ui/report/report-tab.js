// The Report tab: completeness by field and box, the last runs, and downloads.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;

  /** Show how complete the fields of one kind are, divided by source, and what the sources could add. @param {{part: any, kind: string}} props */
  function CoverageReport({ part, kind }) {
    const t = kit.useText();
    const boxes = Object.keys(part.sources);
    const rows = performers.listCoverage(part);
    const name = (/** @type {any} */ row) => performers.nameField(t, row.field);
    const parts = performers.divideBySource(rows, boxes);
    const bars = rows.map((/** @type {any} */ row, /** @type {number} */ place) => ({ key: row.field, label: name(row), values: parts[place], total: part.total }));
    const gaps = performers.listGaps(rows).map((/** @type {any} */ row) => ({ key: row.field, label: name(row), value: row.count, text: row.boxes.map((/** @type {[string, number]} */ [box, count]) => t("report.gap", { box, count })).join(" · ") }));
    const linked = boxes.map((box) => t("report.at", { box, count: part.sources[box] })).join(" · ");
    return h(
      "section",
      { className: "ps-panel" },
      h("h2", { className: "h4" }, t(`report.${kind}`)),
      h("p", { className: "text-muted" }, `${t("tile.linked.text", { linked: part.linked, total: part.total })} · ${linked}`),
      h("div", { className: "ps-columns" }, h(kit.StackedBars, { title: t("report.filled"), names: [...boxes, t("report.elsewhere")], rows: bars })),
      gaps.length > 0 && h("div", { className: "ps-gaps" }, h(kit.Bars, { title: t("report.gaps"), rows: gaps })),
    );
  }

  /** @param {{runs: StashBundle.Run[]}} props */
  function RunTable({ runs }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const columns = [
      { key: "when", title: t("history.when"), render: (/** @type {any} */ run) => kit.formatMoment(run.started_at, locale) },
      { key: "title", title: t("history.what") },
      { key: "state", title: t("report.state"), render: (/** @type {any} */ run) => t(`task.phase.${run.state}`) },
      { key: "totals", title: t("history.result"), render: (/** @type {any} */ run) => h(React.Fragment, null, h(performers.RunTotals, { totals: run.totals }), h(kit.RunProblems, { run })) },
    ];
    return h(
      "section",
      { className: "ps-panel" },
      h("h2", { className: "h4" }, t("report.runs")),
      h(kit.Table, { caption: t("report.runs"), columns, rows: runs, keyOf: (/** @type {any} */ run) => run.id, empty: h("p", { className: "text-muted mb-0" }, t("overview.never")) }),
    );
  }

  /** @param {{report: any}} props */
  function Downloads({ report }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const json = () => kit.saveFile({ name: "performer-site-sync.json", content_type: "application/json", text: JSON.stringify(report, null, 2) });
    const csv = async () => kit.saveFile(await ui.operation("report", { format: "csv" }));
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { icon: "faFileExport", onClick: csv }, t("report.save.csv")),
      h(kit.ActionButton, { icon: "faFileExport", onClick: json }, t("report.save.json")),
    );
  }

  function ReportTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const found = kit.useLoad("report", (signal) => ui.operation("report", {}, { signal }));
    const task = kit.useTask("report", { onEnd: found.reload });
    const make = () => task.start("Generate Report", {}, t("report.making"));
    const report = found.data ? found.data.report : null;
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { variant: "primary", disabled: task.isActive, onClick: make }, t("report.make")),
        report && h(Downloads, { report }),
        report && h("span", { className: "text-muted small" }, t("report.made", { moment: kit.formatMoment(report.made_at, locale) })),
      ),
      h(kit.TaskProgress, { task }),
      h(kit.Loaded, {
        load: found,
        children: () =>
          report
            ? h(React.Fragment, null, performers.KINDS.map((/** @type {string} */ kind) => h(CoverageReport, { key: kind, kind, part: report[kind] })), h(RunTable, { runs: report.runs || [] }))
            : h(kit.Empty, { icon: "faChartBar", title: t("report.none"), text: t("report.none.text") }),
      }),
    );
  }

  Object.assign(performers, { ReportTab });
})();
