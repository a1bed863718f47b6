// The completeness of fields on the Overview tab.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;

  /** @param {{part: any, kind: string}} props */
  function Coverage({ part, kind }) {
    const t = kit.useText();
    return h(
      "section",
      { className: "ps-panel ps-half" },
      h("h2", { className: "h4" }, t(`coverage.${kind}`)),
      performers.listCoverage(part).map((/** @type {any} */ row) =>
        h(
          "div",
          { key: row.field, className: "ps-bar-row" },
          h("span", null, performers.nameField(t, row.field)),
          h(kit.ShareBar, { share: row.share, label: performers.nameField(t, row.field) }),
          h("span", { className: "ps-count" }, row.count),
        ),
      ),
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
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { icon: "faChartBar", disabled: task.isActive, onClick: count }, t(report ? "overview.recount" : "overview.count")),
        h("span", { className: "text-muted small" }, report ? t("report.made", { moment: kit.formatMoment(report.made_at, locale) }) : t("overview.count.text")),
      ),
      h(kit.TaskProgress, { task }),
      report && h("div", { className: "ps-halves" }, performers.KINDS.filter((/** @type {string} */ kind) => report[kind].total > 0).map((/** @type {string} */ kind) => h(Coverage, { key: kind, kind, part: report[kind] }))),
    );
  }

  Object.assign(performers, { Completeness });
})();
