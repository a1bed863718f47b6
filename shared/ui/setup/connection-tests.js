// The tests of the plugin's connections, each with its result and next step.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useState } = React;
  const STATE_LOOKS = /** @type {Record<string, {icon: string, className: string}>} */ ({
    ok: { icon: "faCircleCheck", className: "text-success" },
    warning: { icon: "faTriangleExclamation", className: "text-warning" },
    failed: { icon: "faCircleXmark", className: "text-danger" },
    not_set_up: { icon: "faCircleMinus", className: "text-muted" },
  });

  /**
   * Return one connection test with its last result, and `run` to test.
   * @param {string} key
   * @param {() => Record<string, unknown> | undefined} [readValues] settings that are not saved yet
   */
  function useSetupTest(key, readValues) {
    const ui = kit.useUi();
    const [state, setState] = useState(/** @type {any} */ ({ result: null, error: null }));
    const { run, isBusy } = kit.useAction(
      async () => {
        const values = readValues ? readValues() : undefined;
        ui.runningTests += 1;
        try {
          const answer = await ui.operation("setup_tests", values ? { only: key, values } : { only: key });
          setState({ result: answer.tests[0], error: null });
        } finally {
          ui.runningTests -= 1;
          if (!ui.runningTests) ui.tested.emit(key); // once for tests that ran together
        }
      },
      (error) => setState({ result: null, error }),
    );
    return { ...state, run, isBusy };
  }

  /** @param {{result: StashBundle.SetupResult}} props */
  function TestResult({ result }) {
    const t = kit.useText();
    const look = STATE_LOOKS[result.state] || STATE_LOOKS.failed;
    return h(
      "div",
      { className: "sbk-test-result" },
      h(kit.Icon, { name: look.icon, className: look.className }),
      h(
        "div",
        null,
        h("strong", null, t(`setup.state.${result.state}`)),
        " ",
        result.message,
        result.next_step && h("div", { className: "sbk-next-step" }, t("setup.next_step", { step: result.next_step })),
      ),
    );
  }

  /** Show the state of a test from useSetupTest: running, its result, or its error. @param {{test: any}} props */
  function TestStatus({ test }) {
    const t = kit.useText();
    if (test.isBusy) return h(kit.Loading, { text: t("setup.testing") });
    if (test.error) return h(kit.ErrorBox, { error: test.error });
    if (test.result) return h(TestResult, { result: test.result });
    return h("span", { className: "text-muted" }, t("setup.not_tested"));
  }

  /** @param {{test: StashBundle.SetupTest, round: number}} props */
  function TestRow({ test, round }) {
    const t = kit.useText();
    const state = useSetupTest(test.key);
    useEffect(() => {
      if (round > 0) void state.run();
      // only a new round tests again
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [round]);
    return h(
      "div",
      { className: "setting" },
      h(
        "div",
        { className: "sbk-test-text" },
        h("h3", null, test.title),
        test.text && h("div", { className: "sub-heading" }, test.text),
        h("div", { role: "status", "aria-live": "polite" }, h(TestStatus, { test: state })),
      ),
      h("div", null, h(kit.ActionButton, { size: "sm", onClick: state.run, "aria-label": `${t("setup.test")}: ${test.title}` }, t("setup.test"))),
    );
  }

  /** Show the connection tests of the plugin; each runs once when the tab is opened. @param {{shown?: string[]}} props `shown`: keys of the tests that the page shows elsewhere */
  function ConnectionTests({ shown = [] }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [round, setRound] = useState(1);
    const list = kit.useLoad("tests", (signal) => ui.operation("setup_tests", {}, { signal }));
    if (list.error || !list.data) return h(kit.Pending, { load: list, shape: "form" });
    const tests = /** @type {StashBundle.SetupTest[]} */ (list.data.tests).filter((test) => !shown.includes(test.key));
    if (!tests.length && shown.length) return null;
    const again = h(Bootstrap.Button, { variant: "secondary", onClick: () => setRound(round + 1) }, t("setup.test_all"));
    return h(
      kit.Section,
      { title: t("setup.tests"), action: tests.length > 1 && again },
      !tests.length && h("div", { className: "setting" }, h("div", { className: "text-muted" }, t("setup.no_tests"))),
      h("div", { className: "sbk-steps" }, tests.map((test) => h(TestRow, { key: test.key, test, round }))),
    );
  }

  Object.assign(kit, { useSetupTest, TestStatus, ConnectionTests });
})();
