// The three steps of the Setup tab: stash-boxes, their tag lists, and the first preview of scene tags.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;

  /** The tag list of each box with its age, and the button that loads them all. */
  function ListsStep() {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const boxes = tagging.useBoxes();
    const task = kit.useTask("refresh", { onEnd: boxes.reload });
    const start = async () => {
      const answer = await ui.operation("tags_refresh", {});
      task.adopt(kit.readTaskHandle(answer, t("tags.refreshing")));
    };
    if (boxes.error || !boxes.data) return h(kit.Pending, { load: boxes, lines: 2 });
    const lists = boxes.boxes.filter((/** @type {any} */ box) => box.has_key && box.offers_tags);
    const age = (/** @type {any} */ box) => (box.fetched_at ? t("tags.fetched", { count: box.count, moment: kit.formatMoment(box.fetched_at, locale) }) : t("tags.never"));
    return h(
      React.Fragment,
      null,
      !lists.length && h("p", { className: "text-warning" }, t("step.lists.none")),
      h("ul", { className: "list-unstyled" }, lists.map((/** @type {any} */ box) => h("li", { key: box.endpoint }, h("strong", null, box.name), ` ${age(box)}`, box.problem && h("div", { className: "text-warning small" }, box.problem)))),
      lists.length > 0 && h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", icon: "faSync", variant: lists.every((/** @type {any} */ box) => box.fetched_at) ? "secondary" : "primary", disabled: task.isActive, onClick: start }, t("step.lists.load"))),
      h(kit.TaskProgress, { task }),
    );
  }

  /** The way to the first preview, and to what was found. */
  function PreviewStep() {
    const t = kit.useText();
    return h("div", { className: "sbk-actions" }, h(kit.TabLink, { tab: "sync", variant: "primary" }, t("next.preview")), h(kit.TabLink, { tab: "overview" }, t("tab.overview")));
  }

  const SETUP = [
    { title: "step.boxes", text: "step.boxes.text", tests: ["boxes"], component: kit.StashBoxesLink },
    { title: "step.lists", text: "step.lists.text", component: ListsStep },
    { title: "step.preview", text: "step.preview.text", component: PreviewStep },
  ];

  Object.assign(tagging, { SETUP });
})();
