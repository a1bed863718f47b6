// The form with the rules of a followed performer or studio.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const WAYS = ["auto", "ask"];
  const SOLO = ["any", "only", "none"];
  const MOST = /** @type {Record<string, number>} */ ({ per_week: 1000, min_minutes: 1000, oldest_days: 100000 });

  /** Show the field of a rule that is a number. @param {{name: string, rules: any, onChange: (part: any) => void}} props */
  function NumberField({ name, rules, onChange }) {
    const t = kit.useText();
    const change = React.useCallback((/** @type {string} */ typed) => onChange({ [name]: missing.readNumber(typed, MOST[name]) || (name === "min_minutes" ? null : 0) }), [name, onChange]);
    const value = rules[name] === null || rules[name] === undefined ? "" : String(rules[name]);
    return h(kit.Field, { id: `ms-follow-${name}`, label: t(`follow.${name}`), type: "number", min: 0, value, onChange: change });
  }

  /** Show the choice of genders of the others in a scene. @param {{rules: any, onChange: (part: any) => void}} props */
  function Genders({ rules, onChange }) {
    const t = kit.useText();
    const tick = (/** @type {string} */ gender) =>
      h(kit.Tick, { key: gender, id: `ms-follow-${gender}`, label: t(`gender.${gender}`), isOn: rules.genders.includes(gender), onChange: (/** @type {boolean} */ isOn) => onChange({ genders: missing.putInList(rules.genders, gender, isOn) }) });
    return h("fieldset", null, h("legend", null, t("follow.genders")), h("div", { className: "ms-follow-genders" }, missing.GENDERS.map(tick)));
  }

  /** Show the excluded tags of these rules, with the search of the excluded tags everywhere. @param {{rules: any, onChange: (part: any) => void}} props */
  function RuleTags({ rules, onChange }) {
    const t = kit.useText();
    const tags = rules.excluded_tags;
    const excluded = {
      tags,
      data: rules,
      isBusy: false,
      add: (/** @type {any} */ tag) => onChange({ excluded_tags: [...tags, { id: tag.id, name: tag.name }] }),
      remove: (/** @type {any} */ tag) => onChange({ excluded_tags: tags.filter((/** @type {any} */ one) => one.id !== tag.id) }),
    };
    return h("fieldset", null, h("legend", null, t("follow.tags")), h(missing.TagPicker, { id: "ms-follow-tags", excluded }));
  }

  /** Show the rules as a form. @param {{kind: string, rules: any, whisparrs: any[], onChange: (part: any) => void}} props */
  function RulesForm({ kind, rules, whisparrs, onChange }) {
    const t = kit.useText();
    const places = missing.listPlaces(rules, whisparrs, t);
    const choose = (/** @type {string} */ name, /** @type {string[]} */ values) => ({ id: `ms-follow-${name}`, label: t(`follow.${name}`), value: rules[name], choices: values.map((value) => ({ value, label: t(`follow.${name}.${value}`) })), onChange: (/** @type {string} */ value) => onChange({ [name]: value }) });
    return h(
      "section",
      { "aria-label": t("follow.rules") },
      h(
        "div",
        { className: "ms-follow-rules" },
        h(kit.Picker, choose("way", WAYS)),
        h(kit.Picker, { id: "ms-follow-place", label: t("follow.place"), ...places, onChange: (/** @type {string} */ value) => onChange(missing.readPlace(value)) }),
        h(NumberField, { name: "per_week", rules, onChange }),
        h(NumberField, { name: "min_minutes", rules, onChange }),
        h(NumberField, { name: "oldest_days", rules, onChange }),
        h(kit.Picker, choose("solo", SOLO)),
      ),
      h("p", { className: "text-muted small" }, t("follow.oldest_days.help")),
      kind === "studio" && h(kit.Tick, { id: "ms-follow-network", label: t("filter.network"), isOn: rules.network, onChange: (/** @type {boolean} */ network) => onChange({ network }) }),
      h(Genders, { rules, onChange }),
      h(RuleTags, { rules, onChange }),
    );
  }

  Object.assign(missing, { RulesForm });
})();
