// The three steps of the Setup tab: stash-boxes, Whisparr, and the first check of the library.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;

  /** Show the button of the first check, and its progress. */
  function CheckStep() {
    const t = kit.useText();
    const task = kit.useTask("completeness");
    const start = () => task.start(missing.COMPLETENESS_TASK, {}, t("completeness.running"));
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { variant: "primary", icon: "faChartPie", disabled: task.isActive, onClick: start }, t("start.check")), h(kit.TabLink, { tab: "overview" }, t("tab.overview"))),
      h(kit.TaskProgress, { task }),
    );
  }

  const SETUP = [
    { title: "step.boxes", text: "step.boxes.text", tests: ["boxes"], component: kit.StashBoxesLink },
    { title: "step.whisparr", text: "step.whisparr.text", settings: ["whisparrUrl", "whisparrApiKey", "whisparrQualityProfile", "whisparrRootFolder"], tests: ["whisparr"], component: missing.MoreWhisparrs },
    { title: "step.check", text: "start.step.check", component: CheckStep },
  ];

  Object.assign(missing, { SETUP });
})();
