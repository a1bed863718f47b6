// The input of one setting, by its type: switch, choice, text, secret, or a choice that the plugin looks up.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useState } = React;
  const { Form } = Bootstrap;

  /** Return the sentence that names a setting's default. @param {StashBundle.SettingRow} row */
  function useDefaultText(row) {
    const t = kit.useText();
    const words = { empty: t("settings.none"), yes: t("value.yes"), no: t("value.no") };
    const choice = (row.choices || []).find((one) => one.value === row.default);
    const value = choice ? choice.label : kit.formatValue(row.default, words);
    return t("settings.default", { value: row.unit ? `${value} ${row.unit}` : value });
  }

  /** @param {StashBundle.FieldProps} props */
  function SwitchSetting({ row, id, value, save }) {
    return h(Form.Switch, { id, label: "", "aria-label": row.label, checked: value === true, onChange: () => save(value !== true) });
  }

  /** @param {StashBundle.FieldProps & {choices: {value: unknown, label: string}[]}} props */
  function ChoiceSetting({ row, id, value, isSet, choices, save }) {
    const defaultText = useDefaultText(row);
    const known = choices.some((choice) => choice.value === value);
    const change = (/** @type {string} */ text) => {
      const chosen = choices.find((choice) => String(choice.value) === text);
      save(text === "" ? null : chosen ? chosen.value : text);
    };
    return h(
      Form.Control,
      {
        as: "select",
        id,
        className: "input-control",
        value: isSet ? String(value) : "",
        onChange: (/** @type {any} */ event) => change(event.currentTarget.value),
      },
      h("option", { value: "" }, defaultText),
      isSet && !known && h("option", { value: String(value) }, String(value)),
      choices.map((choice) => h("option", { key: String(choice.value), value: String(choice.value) }, choice.label)),
    );
  }

  /** @param {StashBundle.FieldProps} props */
  function TextSetting({ row, id, value, isSet, save }) {
    const t = kit.useText();
    const defaultText = useDefaultText(row);
    const saved = isSet ? String(value) : "";
    const [text, setText] = useState(saved);
    const [problem, setProblem] = useState("");
    useEffect(() => setText(saved), [saved]);
    const commit = () => {
      if (text === saved) return;
      const parsed = kit.parseSetting(row, text);
      setProblem("problem" in parsed ? t(parsed.problem, parsed.values) : "");
      if ("value" in parsed) save(parsed.value);
    };
    return h(
      React.Fragment,
      null,
      h(Form.Control, {
        id,
        className: "text-input",
        inputMode: row.type === "NUMBER" ? "decimal" : undefined,
        placeholder: defaultText,
        value: text,
        isInvalid: problem !== "",
        "aria-describedby": problem ? `${id}-problem` : undefined,
        onChange: (/** @type {any} */ event) => setText(event.currentTarget.value),
        onBlur: commit,
        onKeyDown: (/** @type {any} */ event) => event.key === "Enter" && (event.preventDefault(), commit()),
      }),
      problem && h("div", { id: `${id}-problem`, className: "text-danger small", role: "alert" }, problem),
    );
  }

  // A saved secret is never put into the page; the field only takes a new one.
  /** @param {StashBundle.FieldProps} props */
  function SecretSetting({ id, isSet, save }) {
    const t = kit.useText();
    const [text, setText] = useState("");
    const commit = () => {
      if (!text.trim()) return;
      save(text.trim());
      setText("");
    };
    return h(
      "div",
      { className: "sbk-field-row" },
      h(Form.Control, {
        id,
        type: "password",
        autoComplete: "new-password",
        spellCheck: false,
        className: "text-input",
        placeholder: isSet ? t("settings.secret_set") : t("settings.secret_unset"),
        value: text,
        onChange: (/** @type {any} */ event) => setText(event.currentTarget.value),
        onBlur: commit,
        onKeyDown: (/** @type {any} */ event) => event.key === "Enter" && (event.preventDefault(), commit()),
      }),
      isSet && h(Bootstrap.Button, { variant: "secondary", size: "sm", onClick: () => save(null) }, t("settings.remove_secret")),
    );
  }

  /** @param {StashBundle.FieldProps} props */
  function PickerSetting(props) {
    const { row, readValues } = props;
    const ui = kit.useUi();
    const t = kit.useText();
    const [answer, setAnswer] = useState(/** @type {any} */ (null));
    const [error, setError] = useState(/** @type {unknown} */ (null));
    const ask = async () => {
      setError(null);
      const values = readValues();
      setAnswer(await ui.operation("setting_choices", values ? { key: row.key, values } : { key: row.key }));
    };
    const isChoosing = answer && answer.choices.length > 0;
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-field-row" },
        isChoosing ? h(ChoiceSetting, { ...props, choices: answer.choices }) : h(TextSetting, props),
        h(kit.ActionButton, { size: "sm", onClick: ask, onError: setError, "aria-label": `${t("settings.choose")} ${row.label}` }, t("settings.choose")),
      ),
      answer && !isChoosing && h("div", { className: "text-muted small", role: "status" }, answer.message || t("settings.no_choices")),
      error !== null && h(kit.ErrorBox, { error }),
    );
  }

  /** Show the input of a setting: the plugin's own one, or the one for its type. @param {StashBundle.FieldProps} props */
  function SettingField(props) {
    const { row } = props;
    const own = kit.useUi().settingFields[row.key];
    if (own) return h(own, props);
    if (row.secret) return h(SecretSetting, props);
    if (row.type === "BOOLEAN") return h(SwitchSetting, props);
    if (row.choices) return h(ChoiceSetting, { ...props, choices: row.choices });
    return h(row.picker ? PickerSetting : TextSetting, props);
  }

  Object.assign(kit, { useDefaultText, SettingField });
})();
