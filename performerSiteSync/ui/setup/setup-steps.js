// The three steps of the Setup tab: stash-boxes, what a sync may do, and the first preview.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;

  /** Show the button of the first preview, its progress and its result. */
  function PreviewStep() {
    const t = kit.useText();
    const task = kit.useTask("sync", { onEnd: performers.forgetEntities });
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-actions" }, h(performers.PreviewButton, { task }), h(kit.TabLink, { tab: "overview" }, t("tab.overview"))),
      h(kit.TaskProgress, { task, words: "sum" }, h(performers.TaskOutcome, { task })),
    );
  }

  const SETUP = [
    { title: "step.boxes", text: "step.boxes.text", settings: ["enableStashDB", "enableTPDB", "enableFansDB"], component: kit.StashBoxesLink, tests: ["sources"] },
    { title: "step.extent", text: "step.extent.text", settings: ["updateOnCreate", "imageUpdates", "nameSearch"] },
    { title: "step.preview", text: "start.text", component: PreviewStep },
  ];

  Object.assign(performers, { SETUP });
})();
