// The Compare tab: comparisons of whole libraries, their reports, and the other tasks of the plugin.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;
  const SCOPES = ["24h", "7days", "all", "missing"];
  const PREVIEW = "Preview Sync";
  const COMPARE = "Reconcile Library (All)";
  // The tasks by their names in the manifest; those with `asks` remove something and are confirmed first.
  const TASKS = [
    { key: "process_queue", name: "Process Queue" },
    { key: "sync_all", name: "Sync All Scenes" },
    { key: "sync_recent", name: "Sync Recent Scenes" },
    { key: "force", name: "Sync All Scenes", args: { force: true }, asks: true },
    { key: "take_over", name: "Take Over What Plex Shows" },
    { key: "health", name: "Health Check" },
    { key: "clear_queue", name: "Clear Pending Queue", asks: true },
    { key: "clear_dead", name: "Clear Dead Letter Queue", asks: true },
    { key: "purge_dead", name: "Purge Old DLQ Entries", asks: true },
  ];

  /** @param {{onEnd: () => void}} props */
  function CompareForm({ onEnd }) {
    const t = kit.useText();
    const [scope, setScope] = useState(SCOPES[0]);
    const preview = kit.useTask("preview", { onEnd });
    const run = kit.useTask("compare", { onEnd });
    const isActive = preview.isActive || run.isActive;
    const planId = preview.run && preview.phase === "finished" ? preview.run.plan_id : null;
    const choices = SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }));
    return h(
      React.Fragment,
      null,
      h("p", { className: "text-muted" }, t("compare.text")),
      h(
        "div",
        { className: "s2p-bar" },
        h(kit.Picker, { id: "s2p-scope", label: t("compare.scope"), value: scope, choices, onChange: setScope }),
        h(kit.ActionButton, { size: "sm", variant: "primary", icon: "faSearch", disabled: isActive, onClick: () => preview.start(PREVIEW, { scope }, t("compare.previewing")) }, t("compare.preview")),
        h(kit.ActionButton, { size: "sm", icon: "faSync", disabled: isActive, onClick: () => run.start(COMPARE, { scope }, t("compare.running")) }, t("compare.run")),
      ),
      h(kit.TaskProgress, { task: preview }),
      h(kit.TaskProgress, { task: run }),
      planId && h(React.Fragment, null, h("h2", { className: "h5" }, t("compare.plan")), h(kit.PlanPanel, { planId, empty: h("p", null, t("compare.plan.none")) })),
    );
  }

  /** @param {{status: any}} props */
  function ReportTable({ status }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    if (status.error || !status.data) return h(kit.Pending, { load: status });
    const columns = [
      { key: "at", title: t("compare.when"), render: (/** @type {any} */ row) => kit.formatMoment(row.at, locale) },
      { key: "scope", title: t("compare.scope"), render: (/** @type {any} */ row) => t(`scope.${row.scope}`) },
      { key: "counts", title: t("compare.found"), className: "sbk-value", render: (/** @type {any} */ row) => plexSync.listCounts(row.counts, t) },
      { key: "queued", title: t("compare.queued") },
    ];
    return h(kit.Table, { caption: t("compare.last"), columns, rows: status.data.reconciliations, keyOf: (/** @type {any} */ row) => row.at, empty: h("p", { className: "text-muted" }, t("compare.never")) });
  }

  /** @param {{row: any, task: StashBundle.TaskState}} props */
  function TaskRow({ row, task }) {
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    const name = t(`task.${row.key}`);
    const start = () => task.start(row.name, row.args || {}, name.replace("…", ""));
    const button = { size: "sm", variant: row.asks ? "danger" : "secondary", disabled: task.isActive, "aria-label": `${t("task.start")}: ${name}` };
    return h(
      "div",
      { className: "setting s2p-task" },
      h("div", null, h("h3", null, name), h("div", { className: "sub-heading" }, t(`task.${row.key}.text`))),
      h("div", null, h(kit.ActionButton, { ...button, onClick: row.asks ? () => setAsking(true) : start }, t("task.start"))),
      isAsking && h(kit.ConfirmDialog, { title: name.replace("…", "?"), confirmText: t("task.start"), isDanger: true, onConfirm: start, onClose: () => setAsking(false) }, t(`task.${row.key}.ask`)),
    );
  }

  function CompareTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const status = kit.useLoad("status", (signal) => ui.operation("status", {}, { signal }));
    const task = kit.useTask("other", { onEnd: status.reload });
    return h(
      React.Fragment,
      null,
      h("h2", { className: "h4" }, t("compare.title")),
      h(CompareForm, { onEnd: status.reload }),
      h("h2", { className: "h5" }, t("compare.last")),
      h(ReportTable, { status }),
      h(kit.TaskProgress, { task }),
      h(kit.Section, { title: t("watched.title") }, h(plexSync.WatchedPanel)),
      h(kit.Section, { title: t("tasks.title") }, TASKS.map((row) => h(TaskRow, { key: row.key, row, task }))),
    );
  }

  Object.assign(plexSync, { CompareTab });
})();
