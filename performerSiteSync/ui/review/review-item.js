// One performer or studio of a review: a line until it is opened, then its records side by side and its fields.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Show the library's and each source's record with its picture, so that a user can see if they are the same. @param {{item: any}} props */
  function EntityCards({ item }) {
    const t = kit.useText();
    const faces = [item.local && { ...item.local, box: null }, ...item.sources.map((/** @type {any} */ one) => ({ ...one, kind: item.item.kind, evidence: one.state === "found" ? [] : [t(`remote.${one.state}`)] }))].filter(Boolean);
    return h("div", { className: "ps-people" }, faces.map((one, index) => h(performers.EntityCard, { key: index, record: one })));
  }

  /** Show in one line the fields that differ at a source and stay; opened, their values. @param {{item: any, fields: any[], onSelect: (changes: any[], isOn: boolean) => void}} props */
  function KeptFields({ item, fields, onSelect }) {
    const t = kit.useText();
    const [isOpen, setOpen] = useState(false);
    const name = (/** @type {any} */ field) => (field.lock ? `${performers.nameField(t, field.field)} (${t(`lock.${field.lock}`)})` : performers.nameField(t, field.field));
    return h(
      "div",
      { className: "ps-kept" },
      h(
        Bootstrap.Button,
        { className: "minimal ps-kept-toggle", size: "sm", "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) },
        h(kit.Icon, { name: isOpen ? "faChevronDown" : "faChevronRight" }),
        h("span", null, t("review.kept", { count: fields.length, fields: fields.map(name).join(", ") })),
      ),
      isOpen && h(performers.FieldTable, { item, fields, caption: t("review.kept.title", { name: item.item.label }), isOpen: false, onSelect }),
    );
  }

  /** @param {{item: any, canChange: boolean, onSelect: (changes: any[], isOn: boolean) => void, onApply: () => Promise<void>}} props */
  function ItemBody({ item, canChange, onSelect, onApply }) {
    const t = kit.useText();
    const { changed, kept } = performers.splitFields(item);
    const canApply = canChange && performers.countSelected(performers.listChanges(item)).state !== "none";
    return h(
      "div",
      { className: "sbk-plan-body" },
      item.message && h("p", { className: "text-warning" }, item.message),
      h(EntityCards, { item }),
      changed.length > 0 && h(performers.FieldTable, { item, fields: changed, caption: item.item.label, isOpen: canChange, onSelect }),
      kept.length > 0 && h(KeptFields, { item, fields: kept, onSelect }),
      h(
        "div",
        { className: "sbk-actions" },
        canApply && h(kit.ActionButton, { size: "sm", variant: "primary", "aria-label": `${t("plan.apply_item")}: ${item.item.label}`, onClick: onApply }, t("plan.apply_item")),
        item.local && h(performers.EntityLink, { kind: item.item.kind, id: item.item.id }, t("review.open", { name: item.item.label })),
      ),
    );
  }

  /** @param {{item: any}} props */
  function ItemSummary({ item }) {
    const t = kit.useText();
    const changes = performers.listChanges(item);
    const fields = [...new Set(changes.map((/** @type {any} */ change) => performers.nameField(t, change.field)))];
    if (!fields.length) return item.message;
    return `${t("plan.changes", { count: changes.length })}: ${fields.join(", ")}`;
  }

  /** Return the picture of an item's line: the library's, or the first one of a source. @param {any} item */
  function choosePicture(item) {
    return (item.local && item.local.image) || item.sources.map((/** @type {any} */ one) => one.image).find(Boolean);
  }

  /** Show the outcome of a click on this page, or of the run that applied the item. @param {{item: any, outcome?: string}} props */
  function ItemOutcome({ item, outcome }) {
    const t = kit.useText();
    if (outcome) return h(Bootstrap.Badge, { variant: "success" }, outcome);
    return item.outcome && item.outcome !== "planned" ? h(Bootstrap.Badge, { variant: "secondary" }, t(`outcome.${item.outcome}`)) : null;
  }

  /** Show the line of an item: its checkbox, picture, name, summary and outcome. @param {any} props */
  function ItemLine({ item, isOpen, canChange, outcome, onToggle, onSelect }) {
    const t = kit.useText();
    const { label, kind } = item.item;
    const { open, state } = performers.countSelected(performers.listChanges(item));
    return h(
      "div",
      { className: "sbk-plan-line" },
      canChange && open.length > 0 && h(kit.SelectBox, { label: t("review.tick_item", { name: label }), isOn: state === "all", isMixed: state === "some", onChange: (/** @type {boolean} */ isOn) => onSelect(open, isOn) }),
      h(
        Bootstrap.Button,
        { className: "minimal sbk-plan-toggle ps-toggle", "aria-expanded": isOpen, onClick: onToggle },
        h(kit.Icon, { name: isOpen ? "faChevronDown" : "faChevronRight" }),
        h(performers.Picture, { src: choosePicture(item), kind, alt: "", className: "ps-face" }),
        h("strong", null, label),
      ),
      !isOpen && h("span", { className: "sbk-plan-summary" }, h(ItemSummary, { item })),
      h(ItemOutcome, { item, outcome }),
    );
  }

  /**
   * Show one performer or studio of a review.
   * @param {{item: any, isOpen: boolean, isOpenPlan: boolean, outcome?: string, rowRef: (element: HTMLElement | null) => void, onToggle: () => void,
   *   onSelect: (item: any, changes: any[], isOn: boolean) => void, onApply: (item: any) => Promise<void>}} props outcome: of a click on this page
   */
  function ReviewItem({ item, isOpen, isOpenPlan, outcome, rowRef, onToggle, onSelect, onApply }) {
    const canChange = isOpenPlan && !outcome;
    const { open, state } = performers.countSelected(performers.listChanges(item));
    const select = (/** @type {any[]} */ changes, /** @type {boolean} */ isOn) => onSelect(item, changes, isOn);
    const isOff = canChange && open.length > 0 && state === "none";
    return h(
      "li",
      { ref: rowRef, className: `sbk-plan-item ps-${item.item.kind} ${isOff ? "sbk-off" : ""}` },
      h(ItemLine, { item, isOpen, canChange, outcome, onToggle, onSelect: select }),
      isOpen && h(ItemBody, { item, canChange, onSelect: select, onApply: () => onApply(item) }),
    );
  }

  Object.assign(performers, { ReviewItem });
})();
