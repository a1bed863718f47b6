// The fields of one item of a review: the library's values beside those of each source, with a checkbox at each value that is written.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { useState } = React;

  /** Show the value that a change sets, adds or removes. @param {{field: string, change: any, label: string}} props */
  function ChangedValue({ field, change, label }) {
    const t = kit.useText();
    const isRemoved = change.action === "remove";
    const side = isRemoved ? change.before : change.after;
    const isStored = field === "image" && typeof side !== "string"; // a picture in the plugin's own files
    const shown = h(performers.FieldValue, { field, value: isStored ? null : side, label });
    return isRemoved ? h("s", { title: t("change.remove", { value: performers.formatFieldValue(t, field, side) || "" }) }, shown) : shown;
  }

  /** Show one change with its checkbox, or with its outcome. @param {{item: any, field: any, change: any, isOpen: boolean, onSelect: (changes: any[], isOn: boolean) => void}} props */
  function FieldChange({ item, field, change, isOpen, onSelect }) {
    const t = kit.useText();
    const value = performers.formatFieldValue(t, field.field, change.action === "remove" ? change.before : change.after);
    const label = `${item.item.label}, ${performers.nameField(t, field.field)}: ${value}`;
    const isPlanned = change.outcome === "planned";
    const outcome = [t(`outcome.${change.outcome}`), change.message].filter(Boolean).join(": ");
    return h(
      "div",
      { className: `ps-change ${isPlanned && change.selected ? "ps-new" : ""}` },
      isPlanned && isOpen && h(kit.SelectBox, { label, isOn: change.selected, onChange: (/** @type {boolean} */ isOn) => onSelect([change], isOn) }),
      h(ChangedValue, { field: field.field, change, label }),
      !isPlanned && h("span", { className: "text-muted small" }, outcome),
    );
  }

  /** Show the button that takes a source's value instead of the library's, then what it did. @param {{item: any, field: any, offer: any}} props */
  function TakeButton({ item, field, offer }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isTaken, setTaken] = useState(false);
    const name = performers.nameField(t, field.field);
    const take = async () => {
      const answer = await ui.operation("take_value", { kind: item.item.kind, id: item.item.id, field: field.field, endpoint: offer.endpoint });
      performers.forgetEntities();
      setTaken(Boolean(answer.run));
      const text = `${name}: ${answer.message}`;
      if (answer.run) kit.tellUndoable(ui, t, text, answer.run, () => (performers.forgetEntities(), setTaken(false)));
      else kit.toast.success(text);
    };
    if (isTaken) return h("div", { className: "small text-success", role: "status" }, h(kit.Icon, { name: "faCheck" }), " ", t("review.taken"));
    const label = `${t("review.take")}: ${name}, ${offer.box}`;
    return h(kit.ActionButton, { size: "sm", variant: "link", className: "ps-take", title: t("review.take.text"), "aria-label": label, onClick: take }, t("review.take"));
  }

  /** Show the value of a source of which nothing is written. @param {{field: any, offer: any}} props */
  function OfferedValue({ field, offer }) {
    const t = kit.useText();
    const state = performers.compareOffer(field, offer);
    if (state === "none") return null;
    if (state === "same") return h("span", { className: "text-muted" }, t("review.same"));
    const value = Array.isArray(offer.value) ? performers.listNews({ ...field, changes: [] }, offer.value) : offer.value;
    return h("div", { className: state === "planned" ? "text-muted" : "" }, h(performers.FieldValue, { field: field.field, value, label: offer.box }));
  }

  /** Show what a source said at the baseline of a scene, and the names that it credits. @param {{field: any, offer: any}} props */
  function OfferRemarks({ field, offer }) {
    const t = kit.useText();
    const before = offer.before === undefined ? null : performers.formatFieldValue(t, field.field, offer.before);
    return h(
      React.Fragment,
      null,
      before && h("div", { className: "small text-muted sbk-value" }, t("review.before", { value: before })),
      offer.note && h("div", { className: "small text-muted" }, t("review.credited", { names: offer.note })),
    );
  }

  /** Show what a source says about a field: the changes that come from it, or its value. @param {{item: any, field: any, box: any, isOpen: boolean, onSelect: (changes: any[], isOn: boolean) => void}} props */
  function BoxCell({ item, field, box, isOpen, onSelect }) {
    const offer = (field.offers || []).find((/** @type {any} */ one) => one.endpoint === box.endpoint);
    const changes = (field.changes || []).filter((/** @type {any} */ one) => one.source === box.endpoint);
    return h(
      React.Fragment,
      null,
      changes.map((/** @type {any} */ change) => h(FieldChange, { key: change.id, item, field, change, isOpen, onSelect })),
      !changes.length && h(OfferedValue, { field, offer }),
      offer && h(OfferRemarks, { field, offer }),
      offer && performers.canTake(item, field, offer) && h(TakeButton, { item, field, offer }),
    );
  }

  /** @param {{field: any}} props */
  function FieldName({ field }) {
    const t = kit.useText();
    const why = performers.explainField(field);
    return h(
      React.Fragment,
      null,
      performers.nameField(t, field.field),
      field.lock ? h("div", { className: "small text-muted" }, h(kit.Icon, { name: "faLock" }), " ", t(`lock.${field.lock}`)) : why && h("div", { className: "small text-muted" }, why),
    );
  }

  /** Show fields in a table. @param {{item: any, fields: any[], caption: string, isOpen: boolean, onSelect: (changes: any[], isOn: boolean) => void}} props */
  function FieldTable({ item, fields, caption, isOpen, onSelect }) {
    const t = kit.useText();
    const boxes = performers.listBoxes(item);
    const others = (/** @type {any} */ field) => performers.listOtherChanges(field, boxes);
    const hasOthers = fields.some((field) => others(field).length > 0);
    const columns = [
      { key: "field", title: t("history.field"), className: "ps-field", render: (/** @type {any} */ field) => h(FieldName, { field }) },
      { key: "value", title: t("review.yours"), render: (/** @type {any} */ field) => h(performers.FieldValue, { field: field.field, value: field.value, label: t("review.yours") }) },
      ...boxes.map((/** @type {any} */ box) => ({ key: box.endpoint, title: box.box, render: (/** @type {any} */ field) => h(BoxCell, { item, field, box, isOpen, onSelect }) })),
      hasOthers && { key: "fate", title: t("review.fate"), render: (/** @type {any} */ field) => others(field).map((/** @type {any} */ change) => h(FieldChange, { key: change.id, item, field, change, isOpen, onSelect })) },
    ].filter(Boolean);
    return h(kit.Table, { caption, columns: /** @type {any} */ (columns), rows: fields, keyOf: (/** @type {any} */ field) => field.field });
  }

  Object.assign(performers, { FieldTable });
})();
