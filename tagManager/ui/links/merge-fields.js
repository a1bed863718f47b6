// The fields of the merge dialog: a tag of the library and a box tag side by side.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { mergeCore: core } = tagging;
  const { Bootstrap } = kit.api.libraries;

  /** A field with the library's and the box's value. @param {{title: string, box: string, yours: any, theirs: any}} props */
  function SideBySide({ title, box, yours, theirs }) {
    const t = kit.useText();
    return h(
      "fieldset",
      { className: "tm-sides" },
      h("legend", { className: "h6" }, title),
      h("div", { className: "tm-side" }, h("div", { className: "tm-whose" }, t("merge.yours")), yours),
      h("div", { className: "tm-side" }, h("div", { className: "tm-whose" }, box), theirs),
    );
  }

  /** One radio button of a field. @param {{name: string, value: string, chosen: string, label: any, onChoose: (value: string) => void}} props */
  function Option({ name, value, chosen, label, onChoose }) {
    return h(Bootstrap.Form.Check, { type: "radio", id: `tm-merge-${name}-${value}`, name: `tm-merge-${name}`, label, checked: chosen === value, onChange: () => onChoose(value) });
  }

  /** @param {any} props */
  function NameField({ shown, choice, setChoice, box }) {
    const t = kit.useText();
    const old = shown.tag.name;
    const name = core.chooseName(shown, { ...choice, name: "take" });
    const option = (/** @type {string} */ value) =>
      h(Option, { name: "name", value, chosen: choice.name, label: t(`merge.name.${value}`, { name: value === "keep" ? old : name, old }), onChoose: (next) => setChoice({ ...choice, name: next }) });
    const field = h(Bootstrap.Form.Control, {
      size: "sm",
      className: "text-input mt-1",
      "aria-label": t("merge.new_name"),
      value: choice.new_name === undefined ? shown.remote.name : choice.new_name,
      onChange: (/** @type {any} */ event) => setChoice({ ...choice, new_name: event.target.value }),
    });
    return h(SideBySide, {
      title: t("merge.name"),
      box,
      yours: option("keep"),
      theirs: old === shown.remote.name ? old : h(React.Fragment, null, option("take"), option("take_alias"), choice.name !== "keep" && field),
    });
  }

  /** @param {any} props */
  function DescriptionField({ shown, choice, setChoice, box }) {
    const t = kit.useText();
    const choose = (/** @type {string} */ description) => setChoice({ ...choice, description });
    const option = (/** @type {string} */ value, /** @type {string} */ text) => h(Option, { name: "description", value, chosen: choice.description, label: h("span", { className: "tm-text" }, text || t("value.empty")), onChoose: choose });
    return h(SideBySide, { title: t("merge.description"), box, yours: option("keep", shown.tag.description), theirs: shown.remote.description ? option("take", shown.remote.description) : t("value.empty") });
  }

  /** @param {any} props */
  function AliasCheck({ row, shown, choice, setChoice }) {
    const t = kit.useText();
    const isFixed = row.from === "old" && choice.name === "take_alias";
    return h(Bootstrap.Form.Check, {
      id: `tm-alias-${core.fold(row.value)}`,
      label: row.from === "old" ? `${row.value} (${t("merge.alias.old")})` : row.value,
      checked: core.hasAlias(shown, choice, row.value),
      disabled: isFixed,
      onChange: (/** @type {any} */ event) => setChoice(core.selectAlias(choice, row.value, event.target.checked)),
    });
  }

  /** @param {any} props */
  function AliasField(props) {
    const t = kit.useText();
    const rows = core.listAliases(props.shown, props.choice);
    const list = (/** @type {boolean} */ isOwn) => {
      const some = rows.filter((/** @type {any} */ row) => (row.from !== "box") === isOwn);
      return some.length ? some.map((/** @type {any} */ row) => h(AliasCheck, { key: row.value, row, ...props })) : h("span", { className: "text-muted" }, t("merge.aliases.none"));
    };
    return h(SideBySide, { title: t("merge.aliases"), box: props.box, yours: list(true), theirs: list(false) });
  }

  /** @param {any} props */
  function ParentField({ shown, choice, setChoice, box }) {
    const t = kit.useText();
    const { parent, tag, remote } = shown;
    if (!parent && !tag.parents.length) return null;
    const names = tag.parents.map((/** @type {any} */ one) => one.name).join(", ");
    const label = parent && t(parent.is_new ? "merge.parent.new" : "merge.parent.add", { name: parent.name });
    const isThere = parent && tag.parents.some((/** @type {any} */ one) => Number(one.id) === parent.id);
    const tick = parent && !isThere && h(kit.Tick, { id: "tm-merge-parent", label, isOn: choice.parent === "add", onChange: (/** @type {boolean} */ isOn) => setChoice({ ...choice, parent: isOn ? "add" : "keep" }) });
    return h(SideBySide, { title: t("merge.parent"), box, yours: names || t("merge.aliases.none"), theirs: h(React.Fragment, null, remote.category && h("div", null, remote.category.name), tick) });
  }

  /** @param {any} props */
  function LinkField({ shown, choice, setChoice }) {
    const t = kit.useText();
    return h(
      "fieldset",
      { className: "mb-3" },
      h("legend", { className: "h6" }, t("merge.link")),
      h(kit.Tick, { id: "tm-merge-link", label: t("merge.link.on"), isOn: choice.link, onChange: (/** @type {boolean} */ link) => setChoice({ ...choice, link }) }),
      choice.link && shown.replaces.length > 0 && h("div", { className: "text-warning small" }, t("merge.link.replaces", { names: shown.replaces.join(", ") })),
    );
  }

  Object.assign(tagging, { MergeFields: [NameField, DescriptionField, AliasField, ParentField, LinkField] });
})();
