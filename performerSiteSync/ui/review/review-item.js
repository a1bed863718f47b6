// One performer or studio of a review: the library's values beside those of each box, and the changes.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const LINKED_FIELDS = ["parent_id", "stash_ids"];

// set by linking, so there is no value to take

  /** Show one value of a field in the table. @param {{field: string, value: any, label: string}} props */
  function FieldValue({ field, value, label }) {
    const t = kit.useText();
    if (field === "image" && value) return h(performers.Picture, { src: String(value), alt: label });
    const text = performers.formatFieldValue(t, field, value);
    return text === null ? h("span", { className: "text-muted" }, t("value.empty")) : h("span", { className: "sbk-value" }, text);
  }

  /** Show the changes of a field with a checkbox each, and the rule or lock behind them. @param {{item: any, field: any, isOpen: boolean, onSelect: (changes: any[], isOn: boolean) => void}} props */
  function FieldChanges({ item, field, isOpen, onSelect }) {
    const t = kit.useText();
    const name = performers.nameField(t, field.field);
    const rule = field.policy ? t("review.rule", { rule: performers.namePolicy(t, field.field, field.policy) }) : "";
    return h(
      React.Fragment,
      null,
      (field.changes || []).map((/** @type {any} */ change) => {
        const value = performers.formatFieldValue(t, field.field, change.action === "remove" ? change.before : change.after) || "";
        const label = `${item.label}, ${name}: ${value}`;
        const canSelect = isOpen && change.outcome === "planned";
        return h(
          "div",
          { key: change.id, className: "ps-change" },
          canSelect && h(kit.SelectBox, { label, isOn: change.selected, onChange: (/** @type {boolean} */ isOn) => onSelect([change], isOn) }),
          h("span", null, t(`change.${change.action}`, { value: field.field === "image" ? t("value.picture") : value })),
          change.outcome !== "planned" && h("span", { className: "text-muted small" }, ` ${t(`outcome.${change.outcome}`)}${change.message ? `: ${change.message}` : ""}`),
        );
      }),
      field.why && h("div", { className: "text-muted small" }, field.why),
      field.lock && h("div", { className: "small ps-state" }, h(kit.Icon, { name: "faLock" }), t(`lock.${field.lock}`)),
      !field.lock && rule && h("div", { className: "text-muted small" }, rule),
    );
  }

  /** Show the value of a box, with a button that takes it instead of the library's value. @param {{item: any, field: any, offer: any, onTaken: () => void}} props */
  function BoxValue({ item, field, offer, onTaken }) {
    const ui = kit.useUi();
    const t = kit.useText();
    if (!offer) return null;
    const name = performers.nameField(t, field.field);
    const isSame = field.field !== "image" && performers.formatFieldValue(t, field.field, offer.value) === performers.formatFieldValue(t, field.field, field.value);
    const isPlanned = (field.changes || []).some((/** @type {any} */ one) => one.outcome === "planned" && one.source === offer.endpoint);
    const canTake = item.local && !isSame && !isPlanned && !LINKED_FIELDS.includes(field.field);
    const take = async () => {
      kit.toast.success(`${name}: ${(await ui.operation("take_value", { kind: item.item.kind, id: item.item.id, field: field.field, endpoint: offer.endpoint })).message}`);
      performers.forgetEntities();
      onTaken();
    };
    return h(
      React.Fragment,
      null,
      h(FieldValue, { field: field.field, value: offer.value, label: offer.box }),
      canTake && h(kit.ActionButton, { size: "sm", variant: "link", className: "ps-take", title: t("review.take.text"), "aria-label": t("review.take.label", { field: name, box: offer.box }), onClick: take }, t("review.take")),
    );
  }

  /** @param {{item: any, isOpen: boolean, onSelect: (changes: any[], isOn: boolean) => void, onTaken: () => void}} props */
  function FieldTable({ item, isOpen, onSelect, onTaken }) {
    const t = kit.useText();
    const boxes = item.sources.map((/** @type {any} */ one) => one.box);
    const offerOf = (/** @type {any} */ field, /** @type {string} */ box) => (field.offers || []).find((/** @type {any} */ one) => one.box === box);
    const columns = [
      { key: "field", title: t("history.field"), className: "ps-field", render: (/** @type {any} */ field) => performers.nameField(t, field.field) },
      { key: "value", title: t("review.yours"), render: (/** @type {any} */ field) => h(FieldValue, { field: field.field, value: field.value, label: t("review.yours") }) },
      ...boxes.map((/** @type {string} */ box) => ({
        key: `at ${box}`,
        title: box,
        render: (/** @type {any} */ field) => h(BoxValue, { item, field, offer: offerOf(field, box), onTaken }),
      })),
      { key: "fate", title: t("review.fate"), className: "ps-fate", render: (/** @type {any} */ field) => h(FieldChanges, { item: item.item, field, isOpen, onSelect }) },
    ];
    return h(kit.Table, { caption: item.item.label, columns, rows: item.fields, keyOf: (/** @type {any} */ field) => field.field });
  }

  /** Show the library's and each box's record with its picture, so that a user can see if they are the same. @param {{item: any}} props */
  function EntityCards({ item }) {
    const t = kit.useText();
    const faces = [{ ...item.local, box: null }, ...item.sources.map((/** @type {any} */ one) => ({ ...one, kind: item.item.kind, evidence: one.state === "found" ? [] : [t(`remote.${one.state}`)] }))];
    return h("div", { className: "ps-people" }, faces.map((one, index) => h(performers.EntityCard, { key: index, record: one })));
  }

  /** Show one performer or studio with its fields and changes. @param {{item: any, isOpen: boolean, onSelect: (item: any, changes: any[], isOn: boolean) => void, onTaken: () => void}} props */
  function ReviewItem({ item, isOpen, onSelect, onTaken }) {
    const t = kit.useText();
    const { label } = item.item;
    const selection = performers.countSelected(performers.listChanges(item));
    const select = (/** @type {any[]} */ changes, /** @type {boolean} */ isOn) => onSelect(item, changes, isOn);
    const isShown = item.outcome && item.outcome !== "planned";
    return h(
      "section",
      { className: "ps-panel", role: "group", "aria-label": label },
      h(
        "div",
        { className: "ps-item-head" },
        isOpen && selection.open.length > 0 && h(kit.SelectBox, { label: t("review.tick_item", { name: label }), isOn: selection.state === "all", isMixed: selection.state === "some", onChange: (/** @type {boolean} */ isOn) => select(selection.open, isOn) }),
        h("h2", { className: "h4" }, h(performers.EntityLink, { kind: item.item.kind, id: item.item.id }, label)),
        isShown && h(Bootstrap.Badge, { variant: "secondary" }, t(`outcome.${item.outcome}`)),
      ),
      item.message && h("p", { className: "text-muted" }, item.message),
      h(EntityCards, { item }),
      item.fields.length > 0 && h(FieldTable, { item, isOpen, onSelect: select, onTaken }),
    );
  }

  Object.assign(performers, { ReviewItem });
})();
