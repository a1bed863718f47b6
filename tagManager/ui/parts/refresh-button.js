// The button that fetches a box's tag list, with the list's age; three tabs show it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;

  /** The age of the box's tag list, and a button that fetches it; a list that was never fetched is fetched at once. @param {{box: any, onDone: () => void, children?: any}} props children: what the tab itself does, before it */
  function RefreshButton({ box, onDone, children }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const { task } = tagging.useFirstLists({ boxes: [box], reload: onDone });
    const start = async () => {
      const answer = await ui.operation("tags_refresh", { endpoint: box.endpoint });
      task.adopt(kit.readTaskHandle(answer, t("tags.refreshing")));
    };
    const bar = (/** @type {any[]} */ ...parts) => h("div", { className: "sbk-toolbar tm-listbar" }, children, ...parts);
    if (!box.offers_tags) return h(React.Fragment, null, bar(), h(kit.Notice, { level: "info" }, t("tags.not_offered", { box: box.name })));
    return h(
      React.Fragment,
      null,
      bar(
        h("span", { className: "text-muted small tm-age" }, box.fetched_at ? t("tags.fetched", { count: box.count, moment: kit.formatMoment(box.fetched_at, locale) }) : t("tags.never")),
        h(kit.ActionButton, { size: "sm", icon: "faSync", variant: box.fetched_at ? "secondary" : "primary", onClick: start, disabled: task.isActive || !box.has_key }, t("tags.refresh")),
      ),
      !box.has_key && h(kit.Notice, { level: "warning" }, t("tags.no_key", { box: box.name })),
      (box.problem || (box.is_stale && box.fetched_at)) && h(kit.Notice, { level: "warning" }, box.problem || t("tags.stale")),
      h(kit.TaskProgress, { task }),
    );
  }

  Object.assign(tagging, { RefreshButton });
})();
