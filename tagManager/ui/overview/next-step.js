// What to do next: load the tag lists, link exact matches, preview scene tags, or add them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useRef, useState } = React;

  /** True if the plugin can fetch the box's tag list and has not tried yet. @param {any} box */
  const isListDue = (box) => box.has_key && box.offers_tags && !box.fetched_at && !box.problem;

  /** Fetches the tag lists that were never fetched, once and without a click; returns the task, whether the page waits for its lists, and `start` to fetch them again. @param {any} boxes */
  function useFirstLists(boxes) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [hasFailed, setFailed] = useState(false);
    const end = () => {
      setFailed(true); // a list that is still due after the task was not loaded
      boxes.reload();
    };
    const task = kit.useTask("refresh", { onEnd: end });
    const wasStarted = useRef(false);
    const isDue = boxes.boxes.some(isListDue);
    const { run: start } = kit.useAction(
      async () => {
        const answer = await ui.operation("tags_refresh", {});
        task.adopt(kit.readTaskHandle(answer, t("tags.refreshing")));
      },
      (/** @type {any} */ error) => {
        kit.toast.error(error);
        end();
      },
    );
    useEffect(() => {
      if (!isDue || task.isKnown || wasStarted.current) return;
      wasStarted.current = true;
      void start();
    }, [isDue, task.isKnown]); // eslint-disable-line react-hooks/exhaustive-deps -- once for each page
    return { task, start, isWaiting: task.isActive || (isDue && !hasFailed) };
  }

  /** The button that fetches the tag lists again after a failure. @param {{lists: any}} props */
  function RetryLists({ lists }) {
    const t = kit.useText();
    return h(React.Fragment, null, h(kit.TaskProgress, { task: lists.task }), h(kit.ActionButton, { variant: "primary", icon: "faSync", onClick: lists.start }, t("step.lists.load")));
  }

  /** The one main button, and the sentence of what it does. @param {{box: any, data: any, figures: any, onDone: () => void}} props */
  function useNextStep({ box, data, figures, onDone }) {
    const t = kit.useText();
    const [review, setReview] = useState(/** @type {any} */ (null));
    const tools = { box, review: (/** @type {string} */ title, /** @type {any} */ planId) => setReview({ title, planId }) };
    const close = (/** @type {boolean} */ isApplied) => {
      setReview(null);
      if (isApplied) onDone();
    };
    const dialog = review && h(tagging.PlanDialog, { ...review, onClose: close });
    const { plan } = data;
    if (figures && figures.exact) {
      const label = t("next.exact", { count: figures.exact });
      return { text: t("next.exact.text", { box: box.name }), button: h(React.Fragment, null, h(tagging.ExactButton, { tools, variant: "primary", label }), dialog) };
    }
    const isOpen = plan && plan.state === "open" && plan.selected > 0;
    const button = h(kit.TabLink, { tab: "sync", variant: "primary" }, isOpen ? t("next.add", { count: plan.selected }) : t("next.preview"));
    return { text: t(isOpen ? "next.add.text" : "next.preview.text"), button: h(React.Fragment, null, button, dialog) };
  }

  /** What the plugin found at each box, and what is missing, for the start page. @param {any} data @param {StashBundle.Translate} t */
  function listFindings(data, t) {
    const boxes = /** @type {any[]} */ (data.boxes);
    const lists = boxes.filter((box) => box.has_key && box.offers_tags);
    return {
      found: [
        ...(data.tags ? [{ label: t("start.tags", { count: data.tags }) }] : []),
        ...lists.map((box) => ({ label: box.name, text: box.fetched_at ? t("start.list", { count: box.count }) : t("start.key") })),
      ],
      missing: [
        ...boxes.filter((box) => !box.has_key).map((box) => ({ label: box.name, text: t("start.no_key") })),
        ...lists.filter((box) => box.problem).map((box) => ({ label: box.name, text: box.problem })),
        ...(boxes.length ? [] : [{ label: t("boxes.none"), text: data.message }]),
        ...(data.links_need ? [{ label: t("start.old"), text: data.links_need }] : []),
      ],
    };
  }

  /** The start page of a Stash without any box. @param {{data: any}} props */
  function NoBoxStart({ data }) {
    const t = kit.useText();
    return h(
      kit.StartPage,
      { title: t("start.title"), text: t("start.box.text"), ...listFindings(data, t) },
      h(ReactRouterDOM.Link, { to: "/settings?tab=metadata-providers", className: "btn btn-primary" }, t("boxes.add")),
    );
  }

  /**
   * The start page until the first tags are linked or a preview was made, afterwards one line with the next step.
   * @param {{boxes: any, figures: any, lists: any, onDone: () => void}} props `lists`: what useFirstLists returns
   */
  function NextStep({ boxes, figures, lists, onDone }) {
    const t = kit.useText();
    const { box, data } = boxes;
    const { text, button } = useNextStep({ box, data, figures, onDone });
    const { task, isWaiting } = lists;
    const findings = { title: t("start.title"), ...listFindings(data, t) };
    if (isWaiting) return h(kit.StartPage, { ...findings, text: t("start.loading") }, h(kit.TaskProgress, { task }));
    if (box.has_key && box.offers_tags && !box.fetched_at) return h(kit.StartPage, { ...findings, text: t("start.failed") }, h(RetryLists, { lists }));
    if (!data.plan && (!figures || !figures.linked)) return h(kit.StartPage, { ...findings, text }, button);
    return h("div", { className: "card tm-next" }, h("div", { className: "tm-next-text" }, h("strong", null, t("next.title")), h("span", { className: "text-muted" }, text)), button);
  }

  Object.assign(tagging, { isListDue, useFirstLists, NextStep, NoBoxStart });
})();
