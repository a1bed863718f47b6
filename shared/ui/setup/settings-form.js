// The form of all settings in their groups, on the plugin's page and on Stash's Settings page.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const FEW_SETTINGS = 8; // fit on a screen

  /** @param {{row: StashBundle.SettingRow, store: StashBundle.SettingStore}} props */
  function SettingLine({ row, store }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const defaultText = kit.useDefaultText(row);
    const id = `sbk-${ui.id}-${row.key}`;
    const isSet = store.isSet(row);
    const save = (/** @type {unknown} */ value) => store.save({ [row.key]: value });
    const field = { row, id, isSet, value: kit.chooseSettingValue(row, store.values), save, readValues: store.readValues };
    const canReset = isSet && !row.secret;
    return h(
      "div",
      { className: `setting sbk-setting sbk-${row.type.toLowerCase()}` },
      h(
        "div",
        null,
        h("h3", null, h("label", { htmlFor: id }, row.label)),
        h("div", { className: "sub-heading" }, row.text || row.help),
        row.problem && h("div", { className: "sub-heading text-warning" }, row.problem),
        row.alarm && field.value === true && h("div", { className: "sub-heading text-danger" }, row.alarm),
        canReset &&
          h(
            "div",
            { className: "sub-heading" },
            defaultText,
            " ",
            h(Bootstrap.Button, { variant: "link", size: "sm", className: "p-0", "aria-label": `${t("settings.reset")}: ${row.label}`, onClick: () => save(null) }, t("settings.reset")),
          ),
      ),
      h("div", null, h(kit.SettingField, field)),
    );
  }

  /** @param {{group: StashBundle.SettingGroup, store: StashBundle.SettingStore, headRef: (element: HTMLElement | null) => void}} props */
  function GroupHead({ group, store, headRef }) {
    const t = kit.useText();
    const test = kit.useSetupTest(group.test || "", store.readValues);
    return h(
      "div",
      { className: "setting sbk-group-head", ref: headRef, tabIndex: -1 },
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

  /** Search among the settings, and a list of the groups to jump to. @param {{groups: StashBundle.SettingGroup[], text: string, onText: (text: string) => void, onJump: (key: string) => void}} props */
  function SettingsFinder({ groups, text, onText, onJump }) {
    const t = kit.useText();
    return h(
      "div",
      { className: "setting sbk-finder" },
      h(Bootstrap.Form.Control, { type: "search", className: "text-input", "aria-label": t("settings.search"), placeholder: t("settings.search"), value: text, onChange: (/** @type {any} */ event) => onText(event.currentTarget.value) }),
      h(
        "nav",
        { "aria-label": t("settings.groups") },
        groups.map((group) => h(Bootstrap.Button, { key: group.key, size: "sm", className: "minimal", onClick: () => onJump(group.key) }, group.title)),
      ),
    );
  }

  /** @param {{declared: {groups: StashBundle.SettingGroup[], settings: StashBundle.SettingRow[], warnings: string[]}, store: StashBundle.SettingStore, hasFinder?: boolean}} props */
  function SettingsForm({ declared, store, hasFinder = false }) {
    const t = kit.useText();
    const [text, setText] = React.useState("");
    const heads = React.useRef(/** @type {Map<string, HTMLElement>} */ (new Map()));
    const jump = (/** @type {string} */ key) => {
      const head = heads.current.get(key);
      if (!head) return;
      head.scrollIntoView({ block: "start" });
      head.focus({ preventScroll: true });
    };
    const { settings, warnings } = declared;
    const found = /** @type {StashBundle.SettingRow[]} */ (kit.findSettings(settings, text));
    const groups = declared.groups.filter((group) => found.some((row) => row.group === group.key));
    return h(
      "div",
      { className: "plugin-settings sbk-settings" },
      warnings.length > 0 && h(kit.Notice, { level: "warning" }, warnings.map((warning) => h("div", { key: warning }, warning))),
      hasFinder && settings.length > FEW_SETTINGS && h(SettingsFinder, { groups, text, onText: setText, onJump: jump }),
      !groups.length && h("div", { className: "setting", role: "status" }, t("settings.no_match")),
      groups.map((group) =>
        h(
          React.Fragment,
          { key: group.key },
          h(GroupHead, { group, store, headRef: (element) => void (element ? heads.current.set(group.key, element) : heads.current.delete(group.key)) }),
          found.filter((row) => row.group === group.key).map((row) => h(SettingLine, { key: row.key, row, store })),
        ),
      ),
    );
  }

  /**
   * Return the load of the plugin's settings, and `save` for changed values. Saves run one after the other: two at once could overwrite
   * each other.
   * @param {() => void} [onSaved]
   */
  function useSettings(onSaved = () => undefined) {
    const ui = kit.useUi();
    const t = kit.useText();
    const load = kit.useLoad("settings", (signal) => ui.operation("settings_get", {}, { signal }));
    const save = kit.useSerialAction(async (/** @type {StashBundle.Values} */ values) => {
      load.setData(await ui.operation("settings_save", { values }));
      kit.forgetCached(["configuration"]);
      kit.toast.success(t("settings.saved"));
      onSaved();
    });
    return { load, save };
  }

  /** Show the settings on the plugin's page; the plugin reads and writes them. @param {{load: StashBundle.Loaded, save: (values: StashBundle.Values) => Promise<void>}} props what useSettings returns */
  function OwnSettings({ load, save }) {
    if (load.error || !load.data) return h(kit.Pending, { load, shape: "form" });
    const rows = /** @type {StashBundle.SettingRow[]} */ (load.data.settings);
    const store = {
      values: Object.fromEntries(rows.map((row) => [row.key, row.value])),
      isSet: (/** @type {StashBundle.SettingRow} */ row) => row.is_set,
      save,
      readValues: () => undefined,
    };
    return h(SettingsForm, { declared: load.data, store, hasFinder: true });
  }

  /** Show the settings inside Stash's Settings page, which keeps the values and saves them; the starter renders it. */
  function StashSettings(/** @type {{stock: any}} */ { stock }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { plugins, savePluginSettings } = kit.api.hooks.useSettings();
    const load = kit.useLoad("settings", (signal) => ui.operation("settings_get", {}, { signal }));
    if (load.error)
      return h(React.Fragment, null, h(kit.ErrorBox, { error: load.error, onRetry: load.reload }, h("span", null, t("settings.plain"))), stock);
    if (!load.data) return h(kit.Loading);
    const values = plugins[ui.id] || {};
    const store = {
      values,
      isSet: (/** @type {StashBundle.SettingRow} */ row) => values[row.key] !== undefined && values[row.key] !== null && values[row.key] !== "",
      save: (/** @type {Record<string, unknown>} */ changes) => {
        const removed = kit.removeKeysElsewhere(load.data.settings, values, changes);
        if (Object.keys(removed).length) kit.toast.warning(t("settings.key_removed"));
        savePluginSettings(ui.id, kit.mergeSettings(values, { ...changes, ...removed }));
      },
      readValues: () => values,
    };
    return h(SettingsForm, { declared: load.data, store });
  }

  Object.assign(kit, { useSettings, OwnSettings, StashSettings });
})();
