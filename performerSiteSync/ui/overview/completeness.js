// The completeness of fields on the Overview tab.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { useState } = React;

  /** Show how complete the fields of performers or studios are. @param {{report: any}} props */
  function CoverageChart({ report }) {
    const t = kit.useText();
    const kinds = performers.KINDS.filter((/** @type {string} */ one) => report[one].total > 0);
    const [chosen, setChosen] = useState(performers.KINDS[0]);
    const kind = kinds.includes(chosen) ? chosen : kinds[0];
    if (!kind) return null;
    const rows = performers.listCoverage(report[kind]).map((/** @type {any} */ row) => ({ key: row.field, label: performers.nameField(t, row.field), value: row.share, text: `${row.share} %` }));
    const views = kinds.map((/** @type {string} */ key) => ({ key, text: t(`report.${key}`) }));
    return h(
      React.Fragment,
      null,
      kinds.length > 1 && h(kit.Views, { label: t("sync.kind"), views, open: kind, onOpen: setChosen }),
      h("div", { className: "ps-columns" }, h(kit.Bars, { title: t(`coverage.${kind}`), rows, top: 100, isTitleHidden: true })),
    );
  }

  /** Show how complete the fields are, with a button that counts again. @param {{overview: any, onCounted: () => void}} props */
  function Completeness({ overview, onCounted }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const task = kit.useTask("report", { onEnd: onCounted });
    const { report } = overview;
    const count = () => task.start("Generate Report", {}, t("report.making"));
    return h(
      "section",
      { className: "ps-panel" },
      h("h2", { className: "h4" }, t("coverage.title")),
      report && h(CoverageChart, { report }),
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { size: "sm", icon: "faChartBar", disabled: task.isActive, onClick: count }, t(report ? "overview.recount" : "overview.count")),
        h("span", { className: "text-muted small" }, report ? t("report.made", { moment: kit.formatMoment(report.made_at, locale) }) : t("overview.count.text")),
      ),
      h(kit.TaskProgress, { task }),
    );
  }

  Object.assign(performers, { Completeness });
})();
