// The table of changes in plans, runs and previews of an undo.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;

  function useValueWords() {
    const t = kit.useText();
    return { empty: t("value.empty"), yes: t("value.yes"), no: t("value.no") };
  }

  /** @param {{change: StashBundle.ChangeRow, side: "before" | "after"}} props */
  function ChangeValue({ change, side }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const words = useValueWords();
    const own = ui.describe(change, t)[side];
    if (own !== undefined) return own;
    if (change.action === "add") return side === "after" ? t("history.added", { value: kit.formatValue(change.after, words) }) : null;
    if (change.action === "remove") return side === "before" ? t("history.removed", { value: kit.formatValue(change.before, words) }) : null;
    return kit.formatValue(change[side], words);
  }

  /** @param {StashBundle.Ui} ui @param {StashBundle.Translate} t @param {boolean} hasOutcomes false for a plan in which all changes are still open */
  function makeChangeColumns(ui, t, hasOutcomes) {
    const value = (/** @type {"before" | "after"} */ side) => (/** @type {any} */ change) => h(ChangeValue, { change, side });
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
      { key: "reason", title: t("history.reason"), className: "text-muted" },
    ];
    return hasOutcomes ? columns : columns.filter((column) => column.key !== "outcome");
  }

  /**
   * Show changes in a table; the plan panel, the run detail and the undo dialog use it.
   * @param {{changes: StashBundle.ChangeRow[], caption: string, isPlan?: boolean} & Record<string, any>} props
   */
  function ChangeTable({ changes, caption, isPlan = false, ...rest }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const hasOutcomes = !isPlan || changes.some((change) => change.outcome !== "planned");
    return h(kit.Table, {
      caption,
      columns: makeChangeColumns(ui, t, hasOutcomes),
      rows: changes,
      keyOf: (/** @type {any} */ change) => String(change.id),
      nameOf: (/** @type {any} */ change) => `${change.item.label}, ${change.field}`,
      empty: h(kit.Empty, { title: t("history.no_changes") }),
      ...rest,
    });
  }

  Object.assign(kit, { ChangeTable });
})();
