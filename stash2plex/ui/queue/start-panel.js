// The top of the Queue tab until syncing was started with this Plex: a preview of all scenes with its figures, and the button that starts.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;

  /** @param {{preview: any}} props */
  function PreviewFigures({ preview }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const [isOpen, setOpen] = useState(false);
    const figures = plexSync.countPreview(preview.counts);
    const rest = plexSync.listCounts(figures.rest, t);
    return h(
      React.Fragment,
      null,
      h("div", null, h("strong", null, t("start.writes", { count: figures.writes })), rest && ` ${t("start.rest", { rest })}`),
      h("div", { className: "text-muted small" }, t("start.previewed", { moment: kit.formatMoment(preview.at, locale) })),
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", icon: "faList", onClick: () => setOpen(!isOpen) }, t(isOpen ? "start.hide" : "start.show")), h(kit.TabLink, { tab: "paths" }, t("tab.paths"))),
      isOpen && h(kit.PlanPanel, { planId: preview.plan_id, empty: h("p", null, t("compare.plan.none")) }),
    );
  }

  /** Ask for a preview, show its figures, and start syncing when its owner presses the button. @param {{live: any}} props */
  function StartPanel({ live }) {
    const t = kit.useText();
    const { start_preview: preview, queue } = live.status;
    const adoption = kit.useTask("take-over", { onEnd: () => void live.refresh() });
    const task = kit.useTask("start-preview", { onEnd: () => void live.refresh() });
    const look = () => task.start("Preview Sync", { scope: "all" }, t("compare.previewing"));
    const start = (/** @type {boolean} */ send) => () => live.act("sync_start", { send });
    return h(
      kit.Notice,
      { level: "warning", title: t("start.title") },
      h("div", null, t("start.text")),
      queue.waiting > 0 && h("div", null, t("start.waits", { count: queue.waiting })),
      h("div", { className: "text-muted small" }, t("start.take_over.text")),
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", disabled: task.isActive || adoption.isActive, onClick: () => adoption.start("Take Over What Plex Shows", {}, t("task.take_over")) }, t("task.take_over"))),
      h(kit.TaskProgress, { task: adoption }),
      h(kit.TaskProgress, { task }),
      preview && h(PreviewFigures, { key: preview.plan_id, preview }),
      h(
        "div",
        { className: "sbk-actions" },
        preview && h(kit.ActionButton, { variant: "primary", icon: "faPlay", disabled: task.isActive, onClick: start(true) }, t("action.start")),
        preview && h(kit.ActionButton, { icon: "faForward", disabled: task.isActive, onClick: start(false) }, t("action.start_new")),
        h(kit.ActionButton, { variant: preview ? "secondary" : "primary", icon: "faSearch", disabled: task.isActive, onClick: look }, t(preview ? "start.again" : "compare.preview")),
      ),
    );
  }

  Object.assign(plexSync, { StartPanel });
})();
