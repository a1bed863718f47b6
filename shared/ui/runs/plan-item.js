// One item of a plan: a line until it is opened, then its changes field by field.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const OUTCOME_COLORS = /** @type {Record<string, string>} */ ({ changed: "success", failed: "danger" });

  /** @param {{change: StashBundle.ChangeRow}} props */
  function OneChange({ change }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const field = ui.describe(change, t).field || change.field;
    if (change.action === "add" || change.action === "remove") return h("span", null, `${field} `, h(kit.ChangeValue, { change, side: change.action === "add" ? "after" : "before" }));
    return h("span", null, `${field}: `, h(kit.ChangeValue, { change, side: "before" }), " → ", h(kit.ChangeValue, { change, side: "after" }));
  }

  /** @param {{notes: StashBundle.ChangeRow[]}} props */
  function Notes({ notes }) {
    const line = (/** @type {any} */ note) => h("div", { key: note.id, className: note.outcome === "skipped" || note.outcome === "unchanged" ? "text-muted" : "text-warning" }, note.message || note.reason);
    return h(React.Fragment, null, notes.map(line));
  }

  /** @param {{item: any}} props */
  function ItemSummary({ item }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { shown, kept, notes } = kit.splitChanges(item.changes);
    if (!shown.length && notes.length) return h(Notes, { notes });
    if (shown.length === 1) return h(OneChange, { change: shown[0] });
    const fields = [...new Set((shown.length ? shown : kept).map((/** @type {any} */ change) => ui.describe(change, t).field || change.field))];
    return h(React.Fragment, null, t("plan.changes", { count: shown.length }), ": ", fields.join(", "));
  }

  /** @param {{changes: StashBundle.ChangeRow[]}} props */
  function KeptFields({ changes }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const name = (/** @type {string} */ field) => ui.describe({ ...changes[0], field }, t).field || field;
    const line = (/** @type {any} */ { why, fields }) => h("div", { key: why, className: "text-muted small" }, t("plan.kept", { fields: fields.map(name).join(", ") }), why && ` ${why}`);
    return h(React.Fragment, null, kit.groupKept(changes).map(line));
  }

  /** @param {{item: any, label: string, isOpenPlan: boolean, selection: any, onApply: (item: any) => Promise<void>}} props */
  function ItemBody({ item, label, isOpenPlan, selection, onApply }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { shown, kept, notes } = kit.splitChanges(item.changes);
    const canApply = isOpenPlan && kit.describeItemSelection(item) !== "none";
    const table = { changes: shown, caption: label, isPlan: isOpenPlan, isOneItem: true, empty: null, canSelect: (/** @type {any} */ one) => one.outcome === "planned" };
    return h(
      "div",
      { className: "sbk-plan-body" },
      ui.itemHead && h(ui.itemHead, { changes: item.changes }),
      h(kit.ChangeTable, { ...table, ...(isOpenPlan && { selection: kit.makeItemSelection(item, selection), selectAllLabel: t("plan.select_item", { name: label }), bar: h(React.Fragment) }) }),
      h(Notes, { notes }),
      kept.length > 0 && h(KeptFields, { changes: kept }),
      canApply && h(kit.ActionButton, { size: "sm", "aria-label": `${t("plan.apply_item")}: ${label}`, onClick: () => onApply(item) }, t("plan.apply_item")),
    );
  }

  /** @param {{item: any}} props */
  function ItemOutcome({ item }) {
    const t = kit.useText();
    const outcome = kit.chooseItemOutcome(item);
    return outcome ? h(Bootstrap.Badge, { variant: OUTCOME_COLORS[outcome] || "warning" }, t(`outcome.${outcome}`)) : null;
  }

  /**
   * Show one item of a plan; the plan panel shows a list of them.
   * @param {{item: any, isOpen: boolean, isOpenPlan: boolean, selection: any, onToggle: () => void, onApply: (item: any) => Promise<void>}} props
   */
  function PlanItem({ item, isOpen, isOpenPlan, selection, onToggle, onApply }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [first] = item.changes;
    if (!first) return null;
    const { label } = first.item;
    const state = kit.describeItemSelection(item);
    const canSelect = isOpenPlan && kit.listOpenChanges(item).length > 0;
    const select = (/** @type {boolean} */ on, /** @type {boolean} */ isRange) => selection.selectItem(item.id, on, isRange);
    return h(
      "li",
      { className: `sbk-plan-item ${state === "none" && canSelect ? "sbk-off" : ""}` },
      h(
        "div",
        { className: "sbk-plan-line" },
        canSelect && h(kit.SelectBox, { label: t("table.select", { name: label }), isOn: state === "all", isMixed: state === "some", onChange: select }),
        h(
          Bootstrap.Button,
          { className: "minimal sbk-plan-toggle", "aria-expanded": isOpen, onClick: onToggle },
          h(kit.Icon, { name: isOpen ? "faChevronDown" : "faChevronRight" }),
          ui.itemThumb && h(ui.itemThumb, { changes: item.changes }),
          h("strong", null, label),
        ),
        !isOpen && h("span", { className: "sbk-plan-summary" }, h(ItemSummary, { item })),
        h(ItemOutcome, { item }),
      ),
      isOpen && h(ItemBody, { item, label, isOpenPlan, selection, onApply }),
    );
  }

  Object.assign(kit, { PlanItem });
})();
