// The table of changes in plans, runs and previews of an undo.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;

  /**
   * Return the columns that say something: no outcome while all changes are still open, no item in the list of one item, no reason without one or in an undo.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.Translate} t
   * @param {{changes: StashBundle.ChangeRow[], isPlan: boolean, isOneItem: boolean, isUndo: boolean}} shown
   */
  function makeChangeColumns(ui, t, { changes, isPlan, isOneItem, isUndo }) {
    const reasonOf = (/** @type {any} */ change) => ({ reason: change.reason, ...ui.describe(change, t) }).reason;
    const isUsed = /** @type {Record<string, boolean>} */ ({
      item: !isOneItem,
      outcome: !isPlan || changes.some((change) => change.outcome !== "planned"),
      reason: !isUndo && changes.some((change) => reasonOf(change) !== ""),
    });
    const value = (/** @type {"before" | "after"} */ side) => (/** @type {any} */ change) => h(kit.ChangeValue, { change, side });
    const columns = [
      { key: "item", title: t("history.item"), render: (/** @type {any} */ change) => change.item.label },
      { key: "field", title: t("history.field"), className: "sbk-whole", render: (/** @type {any} */ change) => ui.describe(change, t).field || change.field },
      { key: "before", title: t("history.before"), className: "sbk-value", render: value("before") },
      { key: "after", title: t("history.after"), className: "sbk-value", render: value("after") },
      {
        key: "outcome",
        title: t("history.outcome"),
        render: (/** @type {any} */ change) =>
          h(React.Fragment, null, t(`outcome.${change.outcome}`), change.message && h("div", { className: "text-muted small" }, change.message)),
      },
      { key: "reason", title: t("history.reason"), className: "text-muted", render: reasonOf },
    ];
    return columns.filter((column) => isUsed[column.key] !== false);
  }

  /**
   * Show changes in a table; the plan panel, the run detail and the undo dialog use it.
   * @param {{changes: StashBundle.ChangeRow[], caption: string, isPlan?: boolean, isOneItem?: boolean, isUndo?: boolean} & Record<string, any>} props
   */
  function ChangeTable({ changes, caption, isPlan = false, isOneItem = false, isUndo = false, ...rest }) {
    const ui = kit.useUi();
    const t = kit.useText();
    return h(kit.Table, {
      caption,
      columns: makeChangeColumns(ui, t, { changes, isPlan, isOneItem, isUndo }),
      rows: changes,
      keyOf: (/** @type {any} */ change) => String(change.id),
      nameOf: (/** @type {any} */ change) => `${change.item.label}, ${change.field}`,
      empty: h(kit.Empty, { title: t("history.no_changes") }),
      ...rest,
    });
  }

  Object.assign(kit, { ChangeTable });
})();
