// The settings fieldPolicies and fieldSources as tables in a dialog.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** @param {{id: string, label: string, value: string, choices: {value: string, label: string}[], onChange: (value: string) => void}} props */
  function RuleChoice({ id, label, value, choices, onChange }) {
    const known = choices.some((one) => one.value === value);
    return h(
      Bootstrap.Form.Control,
      { as: "select", id, size: "sm", className: "input-control", "aria-label": label, value, onChange: (/** @type {any} */ event) => onChange(event.currentTarget.value) },
      !known && h("option", { value }, value),
      choices.map((one) => h("option", { key: one.value, value: one.value }, one.label)),
    );
  }

  /** Show the choice of one field's policy. @param {{row: any, name: string, words: string[], onChange: (words: string[]) => void}} props */
  function PolicyCell({ row, name, words, onChange }) {
    const t = kit.useText();
    const [usual] = row.policies;
    const label = (/** @type {string} */ value) => performers.namePolicy(t, row.field, value);
    const choices = row.policies.map((/** @type {string} */ value) => ({ value, label: value === usual ? t("rules.usual", { value: label(value) }) : label(value) }));
    return h(RuleChoice, { id: `ps-policy-${row.field}`, label: name, value: words[0] || usual, choices, onChange: (value) => onChange(value === usual ? [] : [value]) });
  }

  /** Show the choice of the first boxes for one field; the others follow in the usual order. @param {{row: any, name: string, words: string[], sources: string[], onChange: (words: string[]) => void}} props */
  function OrderCell({ row, name, words, sources, onChange }) {
    const t = kit.useText();
    const pick = (/** @type {number} */ at) => (/** @type {string} */ value) => onChange(value ? [...words.slice(0, at), value] : words.slice(0, at));
    const places = Math.min(words.length + 1, Math.max(sources.length - 1, 1));
    return h(
      "div",
      { className: "ps-order" },
      Array.from({ length: places }, (_, at) => {
        const free = sources.filter((one) => !words.slice(0, at).includes(one));
        const choices = [{ value: "", label: t(at ? "rules.order.rest" : "rules.order.usual") }, ...free.map((value) => ({ value, label: value }))];
        return h(RuleChoice, { key: at, id: `ps-order-${row.field}-${at}`, label: t(at ? "rules.then" : "rules.first", { field: name }), value: words[at] || "", choices, onChange: pick(at) });
      }),
    );
  }

  const RULE_CELLS = /** @type {Record<string, any>} */ ({ fieldPolicies: PolicyCell, fieldSources: OrderCell });

  /** @param {{props: StashBundle.FieldProps, onClose: () => void}} props */
  function RulesDialog({ props, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { row: setting, value, isSet, save } = props;
    const [rules, setRules] = useState(() => performers.parseRules(isSet ? value : ""));
    const found = kit.useLoad("rules", (signal) => ui.operation("rules", {}, { signal }));
    const confirm = () => save(performers.formatRules(rules));
    const render = (/** @type {any} */ data) => {
      const known = new Set(data.fields.map((/** @type {any} */ one) => one.field));
      const strange = Object.keys(rules).filter((field) => !known.has(field));
      const columns = [
        { key: "field", title: t("history.field"), render: (/** @type {any} */ row) => h(React.Fragment, null, performers.nameField(t, row.field), h("div", { className: "text-muted small" }, row.kinds.map((/** @type {string} */ kind) => t(`report.${kind}`)).join(", "))) },
        {
          key: "rule",
          title: t(`rules.${setting.key}`),
          render: (/** @type {any} */ row) =>
            h(RULE_CELLS[setting.key], { row, name: performers.nameField(t, row.field), words: rules[row.field] || [], sources: data.sources, onChange: (/** @type {string[]} */ words) => setRules(performers.changeRule(rules, row.field, words)) }),
        },
      ];
      return h(
        React.Fragment,
        null,
        strange.length > 0 && h(kit.Notice, { level: "warning" }, t("rules.strange", { list: strange.join(", ") })),
        h(kit.Table, { caption: setting.label, columns, rows: data.fields, keyOf: (/** @type {any} */ row) => row.field }),
      );
    };
    return h(
      kit.ConfirmDialog,
      { title: setting.label, confirmText: t("rules.save"), onConfirm: confirm, onClose, size: "lg" },
      h("p", { className: "text-muted" }, t(`rules.${setting.key}.text`)),
      h(kit.Loaded, { load: found, children: render }),
    );
  }

  /** Show the rules of one setting with a button that edits them; the kit uses it as the setting's field. @param {StashBundle.FieldProps} props */
  function RulesField(props) {
    const t = kit.useText();
    const [isOpen, setOpen] = useState(false);
    const rules = Object.entries(performers.parseRules(props.isSet ? props.value : ""));
    return h(
      "div",
      { className: "ps-rules" },
      h("div", { className: "small" }, rules.length ? rules.map(([field, words]) => h("div", { key: field }, `${performers.nameField(t, field)}: ${words.join(" > ")}`)) : h("span", { className: "text-muted" }, t("rules.none"))),
      h(Bootstrap.Button, { id: props.id, size: "sm", variant: "secondary", "aria-label": `${t("rules.edit")} ${props.row.label}`, onClick: () => setOpen(true) }, t("rules.edit")),
      isOpen && h(RulesDialog, { props, onClose: () => setOpen(false) }),
    );
  }

  Object.assign(performers, { RulesField });
})();
