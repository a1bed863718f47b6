// What narrows the review of a plan: field, source, conflicts and a text; and the buttons that switch whole fields.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const MANY_ITEMS = 10;
  const NO_FILTER = { field: "", source: "", only: "", text: "" };

  /** Return true if a filter of a plan hides items. @param {Record<string, string>} filter */
  const isNarrowed = (filter) => Object.values(filter).some(Boolean);

  /** @param {StashBundle.Ui} ui @param {StashBundle.Translate} t @param {string} field */
  const nameField = (ui, t, field) => ui.describe(/** @type {any} */ ({ field, item: { kind: "", id: "", label: "" }, action: "set" }), t).field || field;

  /** Show the filters of a plan; nothing for a short plan of one field. @param {{plan: any, planId: string, filter: typeof NO_FILTER, onChange: (filter: typeof NO_FILTER) => void}} props */
  function PlanFilters({ plan, planId, filter, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    if (!isNarrowed(filter) && plan.count <= MANY_ITEMS) return null;
    const all = { value: "", label: t("plan.filter.all") };
    const set = (/** @type {string} */ key) => (/** @type {string} */ value) => onChange({ ...filter, [key]: value });
    const picker = (/** @type {"field" | "source" | "only"} */ key, /** @type {{value: string, label: string}[]} */ choices) =>
      choices.length > 1 && h(kit.Picker, { id: `sbk-plan-${planId}-${key}`, label: t(`plan.filter.${key}`), value: filter[key], choices: [all, ...choices], onChange: set(key) });
    const only = ["conflict", ...(plan.sources.length > 1 ? ["sources"] : [])].map((value) => ({ value, label: t(`plan.only.${value}`) }));
    return h(
      "div",
      { className: "sbk-filters" },
      h(kit.Field, { id: `sbk-plan-${planId}-text`, label: t("plan.filter.text"), value: filter.text, onChange: set("text") }),
      picker("field", plan.fields.map((/** @type {any} */ one) => ({ value: one.field, label: nameField(ui, t, one.field) }))),
      picker("source", plan.sources.map((/** @type {string} */ source) => ({ value: source, label: (plan.source_names || {})[source] || source }))),
      picker("only", only),
    );
  }

  /** Show a button for each field, which selects or deselects it in the whole plan; nothing if there is only one. @param {{plan: any, selection: any}} props */
  function WholeFields({ plan, selection }) {
    const ui = kit.useUi();
    const t = kit.useText();
    if (plan.fields.length < 2) return null;
    const button = (/** @type {any} */ { field, open, selected }) => {
      const isOn = selected > 0;
      const text = `${nameField(ui, t, field)} ${selected}/${open}`;
      return h(kit.ActionButton, { key: field, size: "sm", variant: isOn ? "primary" : "secondary", "aria-pressed": isOn, onClick: () => selection.selectField(field, !isOn) }, text);
    };
    return h("div", { className: "sbk-toolbar", role: "group", "aria-label": t("plan.fields") }, h("span", { className: "text-muted small" }, t("plan.fields")), plan.fields.map(button));
  }

  Object.assign(kit, { NO_FILTER, isNarrowed, PlanFilters, WholeFields });
})();
