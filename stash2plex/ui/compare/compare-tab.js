// The Compare tab: comparisons of whole libraries, their reports, and what Stash takes from Plex.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const SCOPES = ["24h", "7days", "all", "missing"];
  const PREVIEW = "Preview Sync";
  const COMPARE = "Reconcile Library (All)";

  /** @param {{onEnd: () => void}} props */
  function CompareForm({ onEnd }) {
    const t = kit.useText();
    const [scope, setScope] = kit.useTabState("compare-scope", SCOPES[0]);
    const preview = plexSync.usePreview("preview", onEnd);
    const run = kit.useTask("compare", { onEnd });
    const isActive = preview.task.isActive || run.isActive;
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
      h(kit.TaskProgress, { task: preview.task }),
      h(kit.TaskProgress, { task: run }),
      h(plexSync.PreviewPlan, { preview, title: t("compare.plan"), empty: t("compare.plan.none") }),
    );
  }

  /** Show the results of earlier comparisons; nothing before the first one. @param {{status: any}} props */
  function ReportTable({ status }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    if (status.error) return h(kit.Pending, { load: status });
    if (!status.data || !status.data.reconciliations.length) return null;
    const columns = [
      { key: "at", title: t("compare.when"), render: (/** @type {any} */ row) => kit.formatMoment(row.at, locale) },
      { key: "scope", title: t("compare.scope"), render: (/** @type {any} */ row) => t(`scope.${row.scope}`) },
      { key: "counts", title: t("compare.found"), className: "sbk-value", render: (/** @type {any} */ row) => plexSync.listCounts(row.counts, t) },
      { key: "queued", title: t("compare.queued") },
    ];
    return h(React.Fragment, null, h("h2", { className: "h5" }, t("compare.last")), h(kit.Table, { caption: t("compare.last"), columns, rows: status.data.reconciliations, keyOf: (/** @type {any} */ row) => row.at }));
  }

  function CompareTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const status = kit.useLoad("status", (signal) => ui.operation("status", {}, { signal }));
    return h(
      React.Fragment,
      null,
      h("h2", { className: "h4" }, t("compare.title")),
      h(CompareForm, { onEnd: status.reload }),
      h(ReportTable, { status }),
      h(kit.Section, { title: t("watched.title") }, h(plexSync.WatchedPanel)),
      h(plexSync.RareTasks, { tab: "compare", onEnd: status.reload }),
    );
  }

  Object.assign(plexSync, { CompareTab });
})();
