// The three steps of the Setup tab: Plex, its libraries and paths, and the first preview.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useEffect } = React;

  /** Show the link to the tab that chooses libraries and suggests path rules. */
  function PathsStep() {
    const t = kit.useText();
    return h("div", { className: "sbk-actions" }, h(kit.TabLink, { tab: "paths" }, t("step.paths.open")));
  }

  /** Show the preview and the start of syncing; afterwards that it runs. @param {{round: number}} props */
  function StartStep({ round }) {
    const t = kit.useText();
    const live = plexSync.useQueue();
    const { status, refresh } = live;
    useEffect(() => void (round && refresh()), [round, refresh]);
    if (!status) return live.error ? h(kit.ErrorBox, { error: live.error, onRetry: refresh }) : h(kit.Loading);
    if (!status.configured) return h("p", { className: "mb-0" }, t("step.start.later"));
    if (plexSync.needsStart(status)) return h(plexSync.PreviewStep, { live });
    return h("div", { className: "sbk-actions" }, h("span", null, h(kit.Icon, { name: "faCircleCheck", className: "text-success" }), " ", t("step.start.done")), h(kit.TabLink, { tab: "overview" }, t("tab.overview")));
  }

  const SETUP = [
    { title: "check.plex", text: "step.plex.text", settings: ["plex_url", "plex_token"], tests: ["plex"] },
    { title: "tab.paths", text: "step.paths.text", settings: ["plex_library"], component: PathsStep, tests: ["libraries", "paths"] },
    { title: "step.start", text: "start.text", component: StartStep },
  ];

  Object.assign(plexSync, { SETUP });
})();
