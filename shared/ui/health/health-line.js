// The health line below the title of the plugin's page: its state in one line, and the details behind a button.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useState } = React;
  const LONGEST_WAIT_SECONDS = 3;
  const LOOKS = /** @type {Record<string, {icon: string, className: string}>} */ ({
    ok: { icon: "faCircleCheck", className: "text-success" },
    warning: { icon: "faTriangleExclamation", className: "text-warning" },
    failed: { icon: "faCircleXmark", className: "text-danger" },
    untested: { icon: "faCircleMinus", className: "text-muted" },
  });

  /** Show the icon of a state. @param {{state: string}} props */
  function HealthIcon({ state }) {
    return h(kit.Icon, { name: (LOOKS[state] || LOOKS.untested).icon, className: (LOOKS[state] || LOOKS.untested).className });
  }

  /** Name what is wrong, and the queue and the last copy. @param {{health: StashBundle.Health}} props */
  function Summary({ health }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const bad = health.tests.filter(({ state }) => state === "failed" || state === "warning").map(({ title }) => title);
    const parts = [
      bad.length && t("health.check", { names: bad.join(", ") }),
      health.open_errors && t("health.errors", { count: health.open_errors }),
      health.queue && health.queue.waiting && t("health.queue", { count: health.queue.waiting }),
      health.queue && health.queue.dead && t("health.dead", { count: health.queue.dead }),
    ].filter(Boolean);
    return h(
      "span",
      null,
      h(HealthIcon, { state: health.state }),
      h("strong", null, t(`health.state.${health.state}`)),
      health.state === "untested" && h("span", { className: "sbk-health-part" }, h(kit.api.libraries.ReactRouterDOM.Link, { to: `${ui.path}/setup` }, t("health.test"))),
      parts.map((part) => h("span", { key: part, className: "sbk-health-part" }, part)),
      health.backup && h("span", { className: "sbk-health-part" }, t("backup.last"), " ", h(kit.FromNow, { moment: health.backup })),
    );
  }

  /** Show the state, or that it is loading or could not be read. @param {{load: StashBundle.Loaded}} props */
  function LineText({ load }) {
    const t = kit.useText();
    if (load.data && !load.error) return h(Summary, { health: load.data });
    const text = load.error ? "health.unreadable" : "health.loading";
    return h("span", { className: "text-muted" }, h(HealthIcon, { state: load.error ? "failed" : "untested" }), t(text));
  }

  /** Wait until the open tab has its first answer, so that the health's process does not slow it down. @param {StashBundle.Ui} ui */
  function waitForFirstAnswer(ui) {
    if (ui.answered.last) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => (stopListening(), stopClock(), resolve(undefined));
      const stopListening = ui.answered.listen(end);
      const stopClock = kit.clock.every(LONGEST_WAIT_SECONDS, end); // a tab may need no operation
    });
  }

  /** Show how the plugin is doing, from what it knows: opening the page sends no request to another program. */
  function HealthLine() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isOpen, setOpen] = useState(false);
    const load = kit.useLoad("health", async (/** @type {AbortSignal} */ signal) => {
      await waitForFirstAnswer(ui);
      return ui.operation("health", {}, { signal });
    });
    const { reload } = load;
    useEffect(() => ui.tested.listen(reload), [ui, reload]);
    const toggle = () => {
      if (!isOpen) reload();
      setOpen(!isOpen);
    };
    const id = `sbk-${ui.id}-health`;
    return h(
      "section",
      { className: "sbk-health", "aria-label": t("health.title") },
      h(
        "div",
        { className: "sbk-health-line small" },
        h(LineText, { load }),
        h(
          Bootstrap.Button,
          { variant: "link", size: "sm", className: "p-0", "aria-expanded": isOpen, "aria-controls": isOpen ? id : undefined, onClick: toggle },
          t(isOpen ? "health.hide" : "health.show"),
        ),
      ),
      isOpen && h("div", { id, className: "card sbk-health-details" }, h(kit.Loaded, { load, shape: "lines" }, (/** @type {StashBundle.Health} */ health) => h(kit.HealthDetails, { health }))),
    );
  }

  Object.assign(kit, { HealthIcon, HealthLine });
})();
