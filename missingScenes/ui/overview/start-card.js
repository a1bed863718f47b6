// The start page: what was found, what is missing, and the one next step.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;

  /** Show the main button of the start page. @param {{step: string, box: string, task: StashBundle.TaskState, onBrowse: () => void}} props `step`: what chooseStep returns */
  function MainButton({ step, box, task, onBrowse }) {
    const t = kit.useText();
    if (step === "boxes") return h(ReactRouterDOM.Link, { to: "/settings?tab=metadata-providers", className: "btn btn-primary" }, t("boxes.add"));
    if (step === "browse") return h(Bootstrap.Button, { variant: "primary", onClick: onBrowse }, t("start.browse", { box }));
    return h(kit.ActionButton, { variant: "primary", icon: "faChartPie", disabled: task.isActive, onClick: () => task.start(missing.COMPLETENESS_TASK, {}, t("completeness.running")) }, t("start.check"));
  }

  function StartParts() {
    return h(missing.StashPartTicks, { settings: kit.useSettings() });
  }

  /**
   * Show the start page for the answer of the operation `overview`.
   * @param {{overview: any, onBrowse: () => void, onChecked: () => void}} props `onBrowse` shows all scenes of the box
   */
  function StartCard({ overview, onBrowse, onChecked }) {
    const t = kit.useText();
    const task = kit.useTask("completeness", { onEnd: onChecked });
    const { found, lacking, step } = missing.readStart(overview);
    const row = (/** @type {any} */ { key, ...values }) => ({ label: t(`start.${key}`, values), text: t(`start.${key}.text`, values) });
    const [first] = overview.boxes;
    return h(
      React.Fragment,
      null,
      h(
        kit.StartPage,
        { title: t("start.title"), text: t(`start.step.${step}`), found: found.map(row), missing: lacking.map(row) },
        h(MainButton, { step, box: first ? first.name : "", task, onBrowse }),
        step !== "boxes" && h(StartParts),
      ),
      h(kit.TaskProgress, { task }),
    );
  }

  Object.assign(missing, { StartCard });
})();
