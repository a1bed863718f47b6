// Settings with their real defaults, masked secrets, pickers and tests; on Stash's Settings page and on our own.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useRef, useState } = React;
  const { Form } = Bootstrap;

  /** @param {StashBundle.SettingRow} row */
  function useDefaultText(row) {
    const t = kit.useText();
    const words = { empty: t("settings.none"), yes: t("value.yes"), no: t("value.no") };
    const choice = (row.choices || []).find((one) => one.value === row.default);
    const value = choice ? choice.label : kit.formatValue(row.default, words);
    return t("settings.default", { value: row.unit ? `${value} ${row.unit}` : value });
  }

  /** @param {StashBundle.FieldProps} props */
  function SwitchField({ row, id, value, save }) {
    return h(Form.Switch, { id, label: "", "aria-label": row.label, checked: value === true, onChange: () => save(value !== true) });
  }

  /** @param {StashBundle.FieldProps & {choices: {value: unknown, label: string}[]}} props */
  function SelectField({ row, id, value, isSet, choices, save }) {
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
  function TextField({ row, id, value, isSet, save }) {
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

  // A saved secret never reaches the page's elements; only a new one is typed here.
  /** @param {StashBundle.FieldProps} props */
  function SecretField({ id, isSet, save }) {
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
  function PickerField(props) {
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
        isChoosing ? h(SelectField, { ...props, choices: answer.choices }) : h(TextField, props),
        h(kit.ActionButton, { size: "sm", onClick: ask, onError: setError, "aria-label": `${t("settings.choose")} ${row.label}` }, t("settings.choose")),
      ),
      answer && !isChoosing && h("div", { className: "text-muted small", role: "status" }, answer.message || t("settings.no_choices")),
      error !== null && h(kit.ErrorBox, { error }),
    );
  }

  /** @param {StashBundle.FieldProps} props */
  function Field(props) {
    const { row } = props;
    const own = kit.useUi().settingFields[row.key];
    if (own) return h(own, props);
    if (row.secret) return h(SecretField, props);
    if (row.type === "BOOLEAN") return h(SwitchField, props);
    if (row.choices) return h(SelectField, { ...props, choices: row.choices });
    return h(row.picker ? PickerField : TextField, props);
  }

  /** @param {{row: StashBundle.SettingRow, store: StashBundle.SettingStore}} props */
  function SettingLine({ row, store }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const defaultText = useDefaultText(row);
    const id = `sbk-${ui.id}-${row.key}`;
    const isSet = store.isSet(row);
    const save = (/** @type {unknown} */ value) => store.save({ [row.key]: value });
    const field = { row, id, isSet, value: kit.effectiveValue(row, store.values), save, readValues: store.readValues };
    const canReset = isSet && !row.secret;
    return h(
      "div",
      { className: `setting sbk-setting sbk-${row.type.toLowerCase()}` },
      h(
        "div",
        null,
        h("h3", null, h("label", { htmlFor: id }, row.label)),
        h("div", { className: "sub-heading" }, row.help),
        row.problem && h("div", { className: "sub-heading text-warning" }, row.problem),
        canReset &&
          h(
            "div",
            { className: "sub-heading" },
            defaultText,
            " ",
            h(Bootstrap.Button, { variant: "link", size: "sm", className: "p-0", "aria-label": `${t("settings.reset")}: ${row.label}`, onClick: () => save(null) }, t("settings.reset")),
          ),
      ),
      h("div", null, h(Field, field)),
    );
  }

  /** @param {{group: StashBundle.SettingGroup, store: StashBundle.SettingStore}} props */
  function GroupHead({ group, store }) {
    const t = kit.useText();
    const test = kit.useSetupTest(group.test || "", store.readValues);
    return h(
      "div",
      { className: "setting sbk-group-head" },
      h(
        "div",
        null,
        h("h3", null, group.title),
        group.text && h("div", { className: "sub-heading" }, group.text),
        group.test && (test.isBusy || test.result || test.error) && h("div", { role: "status" }, h(kit.TestStatus, { test })),
      ),
      h("div", null, group.test && h(kit.ActionButton, { size: "sm", onClick: test.run, "aria-label": `${t("setup.test")}: ${group.title}` }, t("setup.test"))),
    );
  }

  /** @param {{declared: {groups: StashBundle.SettingGroup[], settings: StashBundle.SettingRow[], warnings: string[]}, store: StashBundle.SettingStore}} props */
  function SettingsForm({ declared, store }) {
    const { groups, settings, warnings } = declared;
    return h(
      "div",
      { className: "plugin-settings sbk-settings" },
      warnings.length > 0 && h(kit.Notice, { level: "warning" }, warnings.map((text) => h("div", { key: text }, text))),
      groups.map((group) =>
        h(
          React.Fragment,
          { key: group.key },
          h(GroupHead, { group, store }),
          settings.filter((row) => row.group === group.key).map((row) => h(SettingLine, { key: row.key, row, store })),
        ),
      ),
    );
  }

  /** The settings on our own page: read and written through the plugin. */
  function OwnSettings() {
    const ui = kit.useUi();
    const t = kit.useText();
    const load = kit.useLoad("settings", (signal) => ui.operation("settings_get", {}, { signal }));
    const queue = useRef(Promise.resolve());
    const saveOne = kit.useAction(async (values) => {
      load.setData(await ui.operation("settings_save", { values }));
      kit.forgetCached(["configuration"]);
      kit.toast.success(t("settings.saved"));
    });
    // One after the other: two saves at once could overwrite each other.
    const save = (/** @type {Record<string, unknown>} */ values) => {
      queue.current = queue.current.then(() => saveOne.run(values));
    };
    if (load.error) return h(kit.ErrorBox, { error: load.error, onRetry: load.reload });
    if (!load.data) return h(kit.Loading);
    const rows = /** @type {StashBundle.SettingRow[]} */ (load.data.settings);
    const store = {
      values: Object.fromEntries(rows.map((row) => [row.key, row.value])),
      isSet: (/** @type {StashBundle.SettingRow} */ row) => row.is_set,
      save,
      readValues: () => undefined,
    };
    return h(SettingsForm, { declared: load.data, store });
  }

  /** The settings inside Stash's Settings page: values live in that page's own copy, which it saves itself. */
  function StashSettings(/** @type {{stock: any}} */ { stock }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { plugins, savePluginSettings } = kit.api.hooks.useSettings();
    const { search } = ReactRouterDOM.useLocation();
    const isOpen = new URLSearchParams(search).get("tab") === "plugins";
    const load = kit.useLoad(isOpen ? "open" : "closed", (signal) =>
      isOpen ? ui.operation("settings_get", {}, { signal }) : Promise.resolve(undefined),
    );
    if (load.error)
      return h(React.Fragment, null, h(kit.ErrorBox, { error: load.error, onRetry: load.reload }, h("span", null, t("settings.plain"))), stock);
    if (!load.data) return isOpen ? h(kit.Loading) : null;
    const values = plugins[ui.id] || {};
    const store = {
      values,
      isSet: (/** @type {StashBundle.SettingRow} */ row) => values[row.key] !== undefined && values[row.key] !== null && values[row.key] !== "",
      save: (/** @type {Record<string, unknown>} */ changes) => savePluginSettings(ui.id, kit.mergeSettings(values, changes)),
      readValues: () => values,
    };
    return h(SettingsForm, { declared: load.data, store });
  }

  Object.assign(kit, { OwnSettings, StashSettings, SettingsForm });
})();
