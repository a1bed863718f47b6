// How complete performers and sites are, per field, as the report task counted it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const KINDS = ["performer", "studio"];

  /** @param {{part: any, kind: string}} props */
  function Part({ part, kind }) {
    const t = kit.useText();
    const rows = Object.entries(part.fields).map(([field, count]) => ({ field, count: Number(count), share: part.total ? Math.floor((100 * Number(count)) / part.total) : 0 }));
    const columns = [
      { key: "field", title: t("report.field") },
      { key: "count", title: t("report.filled") },
      { key: "share", title: t("report.share"), render: (/** @type {any} */ row) => h(Bootstrap.ProgressBar, { now: row.share, label: `${row.share} %` }) },
    ];
    return h(
      "section",
      null,
      h("h4", null, t(`report.${kind}`)),
      h("p", null, t("report.linked", { linked: part.linked, total: part.total })),
      h(kit.Table, { caption: t(`report.${kind}`), columns, rows, keyOf: (/** @type {any} */ row) => row.field, nameOf: (/** @type {any} */ row) => row.field }),
    );
  }

  function Report() {
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
        report && h(kit.ActionButton, { icon: "faFileExport", onClick: async () => kit.saveFile(await ui.operation("report", { format: "csv" })) }, t("report.save")),
        report && h("span", { className: "text-muted" }, t("report.made", { moment: kit.formatMoment(report.made_at, locale) })),
      ),
      h(kit.TaskProgress, { task }),
      found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
      found.data && !report && h(kit.Empty, { icon: "faChartBar", title: t("report.none"), text: t("report.none.text") }),
      report && KINDS.map((kind) => h(Part, { key: kind, kind, part: report[kind] })),
    );
  }

  Object.assign(performers, { Report });
})();
