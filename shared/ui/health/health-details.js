// The details of the health line: tests, queue, last copy, last errors, versions, and the text for a bug report.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useRef } = React;
  const ICONS = /** @type {Record<string, string>} */ ({ not_set_up: "untested", not_tested: "untested", outdated: "untested" });

  /** Show one fact with its name. @param {{name: string, state?: string, children?: any}} props */
  function Fact({ name, state, children }) {
    return h(React.Fragment, null, h("dt", null, state && h(kit.HealthIcon, { state }), name), h("dd", null, children));
  }

  /** Show the last result of a connection test. @param {{test: StashBundle.HealthTest}} props */
  function TestFact({ test }) {
    const t = kit.useText();
    const isPresent = test.at && test.state !== "outdated";
    return h(
      Fact,
      { name: test.title, state: ICONS[test.state] || test.state },
      !test.at && t("setup.not_tested"),
      test.at && test.state === "outdated" && t("health.outdated"),
      isPresent && h("span", null, test.message),
      isPresent && h("span", { className: "text-muted" }, " (", t("health.tested"), " ", h(kit.FromNow, { moment: test.at }), ")"),
    );
  }

  /** Show the last errors, newest first. @param {{errors: StashBundle.HealthError[]}} props */
  function Errors({ errors }) {
    const t = kit.useText();
    if (!errors.length) return h("span", null, t("health.no_errors"));
    return h(
      "ul",
      { className: "list-unstyled mb-0" },
      errors.map((error) =>
        h(
          "li",
          { key: `${error.label} ${error.message}`, className: error.is_over ? "text-muted" : undefined },
          h(kit.FromNow, { moment: error.at }),
          `, ${error.label}: ${error.message}`,
          error.count > 1 && ` (${t("health.times", { count: error.count })})`,
          error.is_over && ` ${t("health.over")}`,
        ),
      ),
    );
  }

  /** Show the text for a bug report, with a button that copies it. */
  function Diagnostics() {
    const ui = kit.useUi();
    const t = kit.useText();
    const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
    const load = kit.useLoad("diagnostics", (/** @type {AbortSignal} */ signal) => ui.operation("diagnostics", {}, { signal }));
    const copy = async () => {
      const isCopied = field.current && (await kit.copyField(field.current));
      if (isCopied) kit.toast.success(t("health.copied"));
      else kit.toast.warning(t("health.not_copied"));
    };
    return h(kit.Loaded, { load, shape: "lines" }, (/** @type {{text: string}} */ data) => [
      h("textarea", { key: "text", ref: field, readOnly: true, rows: 8, className: "form-control text-input sbk-diagnostics", "aria-label": t("health.diagnostics"), value: data.text }),
      h("div", { key: "copy", className: "sbk-health-copy" }, h(kit.ActionButton, { size: "sm", icon: "faCopy", onClick: copy }, t("health.copy")), h("span", { className: "small text-muted" }, t("health.read_first"))),
    ]);
  }

  /** Show everything behind the health line. @param {{health: StashBundle.Health}} props */
  function HealthDetails({ health }) {
    const t = kit.useText();
    const stash = kit.useStashVersion();
    const { queue, versions } = health;
    const facts = [
      queue && h(Fact, { key: "queue", name: t("health.queue.name") }, [t("health.queue", { count: queue.waiting }), queue.dead && t("health.dead", { count: queue.dead }), queue.trouble].filter(Boolean).join("; ")),
      h(Fact, { key: "backup", name: t("health.backup") }, health.backup ? h(kit.FromNow, { moment: health.backup }) : t("health.no_backup")),
      h(Fact, { key: "errors", name: t("health.last_errors") }, h(Errors, { errors: health.errors })),
      h(Fact, { key: "versions", name: t("health.versions") }, t("health.versions.text", { ...versions, name: kit.useUi().name, stash: stash || "?" })),
    ];
    return h(
      React.Fragment,
      null,
      h("dl", { className: "sbk-facts" }, health.tests.map((test) => h(TestFact, { key: test.key, test })), facts),
      h(Diagnostics, null),
    );
  }

  Object.assign(kit, { HealthDetails });
})();
