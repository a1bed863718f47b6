// The steps of a Setup tab: what a new user needs, each with its settings and tests in place.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useEffect } = React;

  /** Show a connection test that runs when the tab opens, and again after each saved setting of its step. @param {{name: string, title: string, round: number}} props */
  function StepTest({ name, title, round }) {
    const t = kit.useText();
    const test = kit.useSetupTest(name);
    useEffect(() => {
      void test.run();
      // only a new round tests again
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [round]);
    return h("div", { className: "sbk-step-test" }, h("div", { role: "status" }, h(kit.TestStatus, { test })), h(kit.ActionButton, { size: "sm", onClick: test.run, "aria-label": `${t("setup.test")}: ${test.result ? test.result.title : title}` }, t("setup.test")));
  }

  /** Show one setting of a step with its label. @param {{row: StashBundle.SettingRow, save: (values: StashBundle.Values) => unknown}} props */
  function StepField({ row, save }) {
    const id = `sbk-step-${row.key}`;
    const field = { row, id, isSet: row.is_set, value: row.is_set ? row.value : row.default, save: (/** @type {unknown} */ value) => save({ [row.key]: value }), readValues: () => undefined };
    return h(
      "div",
      { className: "sbk-step-field" },
      h("label", { htmlFor: id }, row.label),
      h("div", { className: "text-muted small" }, row.text || row.help),
      h(kit.SettingField, field),
      row.problem && h("div", { className: "text-warning small" }, row.problem),
    );
  }

  /** Show the settings of a step. @param {{keys: string[], settings: {load: StashBundle.Loaded, save: (values: StashBundle.Values) => unknown}}} props */
  function StepFields({ keys, settings: { load, save } }) {
    if (load.error || !load.data) return h(kit.Pending, { load, lines: keys.length });
    const rows = keys.map((key) => load.data.settings.find((/** @type {StashBundle.SettingRow} */ row) => row.key === key));
    return h("div", { className: "sbk-step-fields" }, rows.map((row) => h(StepField, { key: row.key, row, save })));
  }

  /**
   * Show a step that the plugin declares.
   * @param {{number: number, step: StashBundle.SetupStep, settings: any, round: number}} props `round` counts the saved settings
   */
  function SetupStep({ number, step, settings, round }) {
    const t = kit.useText();
    const { tests = [], settings: keys = [], component } = step;
    const title = t(step.title);
    return h(
      "section",
      { className: "card sbk-step" },
      h("h2", { className: "h5" }, `${number}. ${title}`),
      h("p", { className: "text-muted" }, t(step.text)),
      keys.length > 0 && h(StepFields, { keys, settings }),
      component && h(component, { round }),
      tests.map((name) => h(StepTest, { key: name, name, title, round: keys.length ? round : 0 })),
    );
  }

  /** Show the link to the page where Stash keeps the stash-boxes. */
  function StashBoxesLink() {
    const t = kit.useText();
    return h("div", { className: "sbk-actions" }, h(ReactRouterDOM.Link, { to: "/settings?tab=metadata-providers", className: "btn btn-secondary btn-sm" }, t("setup.boxes.open")));
  }

  Object.assign(kit, { SetupStep, StashBoxesLink });
})();
