// The Downloads tab: the scan for new files, and the clean-up of Whisparr with a preview.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const SCAN_TASK = "Scan for New Scenes";
  const CLEANUP_PREVIEW_TASK = "Cleanup Whisparr (dry run)";
  // After a failed preview the plan of an earlier one would look like its result.
  const FAILED_PHASES = ["failed", "interrupted", "cancelled", "lost"];

  /** @param {{text: string}} props */
  function SetupLink({ text }) {
    const ui = kit.useUi();
    const t = kit.useText();
    return h("p", null, text, " ", h(ReactRouterDOM.Link, { to: `${ui.path}/setup` }, t("downloads.setup")));
  }

  /** @param {{path: string}} props */
  function ScanSection({ path }) {
    const t = kit.useText();
    const task = kit.useTask("scan");
    const start = h(kit.ActionButton, { size: "sm", variant: "primary", icon: "faSync", disabled: !path || task.isActive, onClick: () => task.start(SCAN_TASK, {}, t("scan.running")) }, t("scan.start"));
    const jobs = h(ReactRouterDOM.Link, { to: "/settings?tab=tasks" }, t("scan.jobs"));
    return h(
      kit.Section,
      { title: t("scan.title"), action: start },
      h("div", { className: "ms-section" }, path ? h("p", null, t("scan.text", { path })) : h(SetupLink, { text: t("scan.no_path") }), h(kit.TaskProgress, { task }, jobs)),
    );
  }

  /** Show the plan of the last preview. @param {{preview: any, onApplied: () => void}} props */
  function CleanupPlan({ preview, onApplied }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    if (!preview.plan_id) return h("p", { className: "text-muted" }, t("cleanup.never"));
    const moment = kit.formatMoment(preview.made_at, locale);
    if (!preview.count) return h(kit.Empty, { icon: "faCheck", title: t("cleanup.nothing"), text: t("cleanup.made", { moment }) });
    return h(
      React.Fragment,
      null,
      h("p", { className: "text-muted" }, t("cleanup.made", { moment })),
      preview.is_cut && h(kit.Notice, { level: "warning" }, t("cleanup.cut", { limit: preview.limit })),
      h(kit.PlanPanel, { key: preview.plan_id, planId: preview.plan_id, onApplied }),
    );
  }

  /** @param {{settings: Record<string, any>}} props */
  function CleanupSection({ settings }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const preview = kit.useLoad("cleanup", (signal) => ui.operation("cleanup_preview", {}, { signal }));
    const task = kit.useTask("cleanup", { onEnd: preview.reload });
    const isOff = !settings.whisparrUrl;
    const look = h(kit.ActionButton, { size: "sm", variant: "primary", icon: "faSearch", disabled: isOff || task.isActive, onClick: () => task.start(CLEANUP_PREVIEW_TASK, {}, t("cleanup.running")) }, t("cleanup.look"));
    return h(
      kit.Section,
      { title: t("cleanup.title"), action: look },
      h(
        "div",
        { className: "ms-section" },
        h("p", null, t(settings.unmonitorOnly ? "cleanup.text.unmonitor" : "cleanup.text.delete")),
        h("p", { className: "text-muted" }, t("cleanup.limit", { count: settings.cleanupLimit }), " ", t(settings.enableAutoCleanup ? "cleanup.auto.on" : "cleanup.auto.off")),
        isOff && h(SetupLink, { text: t("downloads.off") }),
        h(kit.TaskProgress, { task }),
        (preview.error || !preview.data) && h(kit.Pending, { load: preview, shape: "table" }),
        preview.data && !FAILED_PHASES.includes(task.phase) && h(CleanupPlan, { preview: preview.data, onApplied: () => undefined }),
      ),
    );
  }

  function DownloadsTab() {
    const ui = kit.useUi();
    const load = kit.useLoad("settings", (signal) => ui.operation("settings_get", {}, { signal }));
    if (load.error || !load.data) return h(kit.Pending, { load, shape: "boxes" });
    const settings = Object.fromEntries(load.data.settings.map((/** @type {any} */ row) => [row.key, row.value === null ? row.default : row.value]));
    return h(React.Fragment, null, h(ScanSection, { path: settings.scanPath }), h(CleanupSection, { settings }));
  }

  Object.assign(missing, { DownloadsTab });
})();
