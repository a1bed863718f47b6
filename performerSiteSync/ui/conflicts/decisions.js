// The decisions that were made, each of which can be taken back.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const LIST_SIZE = 25;

  /** Show the decisions in a table. */
  function Decisions() {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const { found, pager } = performers.usePages("decisions", {}, LIST_SIZE);
    const takeBack = async (/** @type {any} */ row) => {
      kit.toast.success((await ui.operation("decision_take_back", { key: row.key })).message);
      found.reload();
    };
    const columns = [
      { key: "item", title: t("history.item"), render: (/** @type {any} */ row) => h(performers.EntityRow, { item: row.item }) },
      { key: "decision", title: t("decision.what"), render: (/** @type {any} */ row) => h(React.Fragment, null, t(row.what === "duplicate" ? "decision.two" : `decision.${row.decision}`, { name: row.name || row.remote_id || "", box: row.box || "" }), row.reason && h("div", { className: "text-muted small" }, row.reason)) },
      { key: "made_at", title: t("history.when"), render: (/** @type {any} */ row) => kit.formatMoment(row.made_at, locale) },
      { key: "back", title: "", render: (/** @type {any} */ row) => h(kit.ActionButton, { size: "sm", "aria-label": `${t("decision.back")}: ${row.item.label}`, onClick: () => takeBack(row) }, t("decision.back")) },
    ];
    const empty = h(kit.Empty, { title: t("decision.none"), text: t("decision.none.text") });
    const render = (/** @type {any} */ data) => h(React.Fragment, null, h(kit.Table, { caption: t("view.decisions"), columns, rows: data.decisions, keyOf: (/** @type {any} */ row) => row.key, empty }), pager);
    return h(kit.Loaded, { load: found, shape: "table", children: render });
  }

  Object.assign(performers, { Decisions });
})();
