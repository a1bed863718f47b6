// The Report tab: completeness by field and box, the last runs, and downloads.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;

  /** @param {{part: any, kind: string}} props */
  function CoverageReport({ part, kind }) {
    const t = kit.useText();
    const boxes = Object.keys(part.sources);
    const rows = performers.listCoverage(part);
    // an empty cell takes no line on a phone
    const atBox = (/** @type {any} */ row, /** @type {string} */ box) => [
      row.sources[box] > 0 && h("div", { key: "by" }, t("report.by", { count: row.sources[box] })),
      row.gaps[box] > 0 && h("div", { key: "gap", className: "text-muted" }, t("report.gap", { count: row.gaps[box] })),
    ];
    const columns = [
      { key: "field", title: t("report.field"), render: (/** @type {any} */ row) => performers.nameField(t, row.field) },
      { key: "count", title: t("report.filled"), className: "ps-number" },
      { key: "share", title: t("report.share"), className: "ps-share", render: (/** @type {any} */ row) => h(kit.ShareBar, { share: row.share, label: performers.nameField(t, row.field) }) },
      ...boxes.map((box) => ({ key: `by ${box}`, title: box, render: (/** @type {any} */ row) => atBox(row, box) })),
    ];
    return h(
      "section",
      { className: "ps-panel" },
      h("h2", { className: "h4" }, t(`report.${kind}`)),
      h("p", null, t("report.linked", { linked: part.linked, total: part.total, unlinked: part.unlinked })),
      h("p", { className: "text-muted" }, boxes.map((box) => t("report.at", { box, count: part.sources[box] })).join(" · ")),
      h(kit.Table, { caption: t(`report.${kind}`), columns, rows, keyOf: (/** @type {any} */ row) => row.field, nameOf: (/** @type {any} */ row) => row.field }),
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
