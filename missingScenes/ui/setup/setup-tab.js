// The Setup tab: three steps with their tests in place; everything else is under Advanced.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useState } = React;
  const WHISPARR_SETTINGS = ["whisparrUrl", "whisparrApiKey", "whisparrQualityProfile", "whisparrRootFolder"];

  /** Return a connection test that runs when the tab opens, and again when `round` changes. @param {string} key @param {number} round */
  function useTestOnOpen(key, round) {
    const test = kit.useSetupTest(key);
    useEffect(() => {
      void test.run();
      // only a new round tests again
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [round]);
    return test;
  }

  /** Show a step with its number, and the result of its test. @param {{number: number, title: string, text: string, test?: any, children?: any}} props */
  function Step({ number, title, text, test, children }) {
    const t = kit.useText();
    return h(
      "section",
      { className: "card ms-step" },
      h("h2", { className: "h5" }, `${number}. ${title}`),
      h("p", { className: "text-muted" }, text),
      children,
      test && h("div", { className: "ms-step-test" }, h("div", { role: "status" }, h(kit.TestStatus, { test })), h(kit.ActionButton, { size: "sm", onClick: test.run, "aria-label": `${t("setup.test")}: ${title}` }, t("setup.test"))),
    );
  }

  /** Show one setting of a step with its label. @param {{row: any, save: (values: any) => unknown}} props */
  function StepField({ row, save }) {
    const id = `ms-step-${row.key}`;
    const field = { row, id, isSet: row.is_set, value: row.is_set ? row.value : row.default, save: (/** @type {unknown} */ value) => save({ [row.key]: value }), readValues: () => undefined };
    return h("div", { className: "ms-step-field" }, h("label", { htmlFor: id }, row.label), h(kit.SettingField, field), row.problem && h("div", { className: "text-warning small" }, row.problem));
  }

  /** Show the settings of Whisparr that an add needs. @param {{load: StashBundle.Loaded, save: (values: any) => unknown}} props */
  function WhisparrFields({ load, save }) {
    if (load.error || !load.data) return h(kit.Pending, { load, lines: 2 });
    const rows = WHISPARR_SETTINGS.map((key) => load.data.settings.find((/** @type {any} */ row) => row.key === key));
    return h("div", { className: "ms-step-fields" }, rows.map((row) => h(StepField, { key: row.key, row, save })));
  }

  /** Show the third step: the first check of the library. */
  function CheckStep() {
    const t = kit.useText();
    const task = kit.useTask("completeness");
    const start = () => task.start(missing.COMPLETENESS_TASK, {}, t("completeness.running"));
    return h(
      Step,
      { number: 3, title: t("step.check"), text: t("start.step.check") },
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { variant: "primary", icon: "faChartPie", disabled: task.isActive, onClick: start }, t("start.check")), h(kit.TabLink, { tab: "overview" }, t("tab.overview"))),
      h(kit.TaskProgress, { task }),
    );
  }

  /** Show all tests and settings behind one button. @param {{onClosed: () => void}} props `onClosed`: settings may have changed */
  function Advanced({ onClosed }) {
    const t = kit.useText();
    const [isOpen, setOpen] = useState(false);
    const toggle = () => {
      if (isOpen) onClosed();
      setOpen(!isOpen);
    };
    return h(
      React.Fragment,
      null,
      h(Bootstrap.Button, { variant: "secondary", className: "mb-3", "aria-expanded": isOpen, onClick: toggle }, h(kit.Icon, { name: isOpen ? "faChevronDown" : "faChevronRight" }), h("span", null, t("step.advanced"))),
      isOpen && h(kit.SetupPanel),
    );
  }

  function SetupTab() {
    const t = kit.useText();
    const [round, setRound] = useState(0);
    const { load, save } = kit.useSettings(() => setRound((/** @type {number} */ one) => one + 1));
    const boxes = useTestOnOpen("boxes", 0);
    const whisparr = useTestOnOpen("whisparr", round);
    return h(
      React.Fragment,
      null,
      h(Step, { number: 1, title: t("step.boxes"), text: t("step.boxes.text"), test: boxes }, h("div", { className: "sbk-actions" }, h(ReactRouterDOM.Link, { to: "/settings?tab=metadata-providers", className: "btn btn-secondary btn-sm" }, t("step.boxes.open")))),
      h(Step, { number: 2, title: t("step.whisparr"), text: t("step.whisparr.text"), test: whisparr }, h(WhisparrFields, { load, save })),
      h(CheckStep),
      h(Advanced, { onClosed: load.reload }),
    );
  }

  Object.assign(missing, { SetupTab });
})();
