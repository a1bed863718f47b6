// A plan as a review: its performers or studios, narrowed by filters; selection, apply.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const KEEPS = { keeps: true };

  /** @param {{data: any, selection: any, onApply: () => void}} props */
  function ReviewBar({ data, selection, onApply }) {
    const t = kit.useText();
    return h(
      "div",
      { className: "sbk-selection-bar sbk-sticky" },
      h("span", { role: "status" }, t("plan.ticked", { count: data.selected, total: data.open })),
      h(kit.ActionButton, { size: "sm", className: "minimal", disabled: data.selected === data.open, onClick: () => selection.selectAll(true) }, t("plan.tick_all")),
      h(kit.ActionButton, { size: "sm", className: "minimal", disabled: data.selected === 0, onClick: () => selection.selectAll(false) }, t("plan.tick_none")),
      h(Bootstrap.Button, { variant: "primary", disabled: data.selected === 0, onClick: onApply }, t("plan.apply", { count: data.selected })),
    );
  }

  /** Return the run or task that applies the review; `settle` takes the answer of plan_apply, which holds one of them. @param {StashBundle.Loaded} review */
  function useApply(review) {
    const [run, setRun] = useState(/** @type {any} */ (null));
    const planId = review.data ? review.data.plan_id : "";
    const finish = () => {
      performers.forgetEntities();
      review.reload();
    };
    const task = kit.useTask(`review-${planId}`, { onEnd: finish });
    const settle = (/** @type {any} */ answer) => {
      if (answer.job_id) return task.adopt(kit.readTaskHandle(answer, review.data.title));
      setRun(answer.run);
      return finish();
    };
    return { run, task, settle };
  }

  /** Return true while a task applies the plan, and until the page has loaded the result. @param {StashBundle.TaskState} task @param {StashBundle.Loaded} review */
  function isApplying(task, review) {
    return task.isActive || (Boolean(task.run) && review.isLoading);
  }

  /**
   * Return what was applied of single items, and `applyItem`. The item stays where it is, with its outcome; a run with a problem is shown as a run.
   * @param {StashBundle.Loaded} review
   * @param {(answer: any) => unknown} settle
   */
  function useItemApply(review, settle) {
    const ui = kit.useUi();
    const t = kit.useText();
    const items = review.data ? review.data.items : [];
    const rows = kit.useRowOutcomes(items.map((/** @type {any} */ one) => one.id));
    const applyItem = async (/** @type {any} */ item) => {
      const answer = await ui.operation("plan_apply", { plan_id: review.data.plan_id, items: [item.id] });
      const { totals = {} } = answer.run || {};
      if (!totals.changed || totals.failed_in_part || totals.conflict_in_part) return settle(answer);
      performers.forgetEntities();
      const { open } = performers.countSelected(performers.listChanges(item));
      const count = open.filter((/** @type {any} */ one) => one.selected).length;
      review.setData({ ...review.data, open: review.data.open - count, selected: review.data.selected - count });
      const undo = async () => {
        const isUndone = await kit.undoNow(ui, t, answer.run.id);
        performers.forgetEntities();
        review.reload();
        return isUndone;
      };
      return rows.decide(item.id, { text: t("review.applied"), run: async () => undefined, undo });
    };
    return { rows, applyItem };
  }

  /** Show a list of the waiting previews to choose from, and apart from it those of a single performer or studio. @param {{data: any, onChoose: (planId: string) => void}} props */
  function PlanChoice({ data, onChoose }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const plans = /** @type {any[]} */ (data.plans);
    const single = plans.filter((plan) => plan.is_single);
    const many = plans.filter((plan) => !plan.is_single);
    const isListed = plans.some((plan) => plan.plan_id === data.plan_id);
    const rows = isListed ? many : [{ plan_id: data.plan_id, title: data.title, made_at: data.made_at }, ...many];
    const choices = rows.map((plan) => ({ value: plan.plan_id, label: t("review.plan", { title: plan.title, moment: kit.formatMoment(plan.made_at, locale) }) }));
    const button = (/** @type {any} */ plan) =>
      h(Bootstrap.Button, { key: plan.plan_id, size: "sm", variant: "secondary", active: plan.plan_id === data.plan_id, "aria-pressed": plan.plan_id === data.plan_id, onClick: () => onChoose(plan.plan_id) }, plan.title);
    return h(
      React.Fragment,
      null,
      choices.length > 1 && h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "ps-review-plan", label: t("review.waiting"), value: data.plan_id, choices, onChange: onChoose })),
      single.length > 0 && h("div", { className: "ps-chips mb-3", role: "group", "aria-label": t("review.single") }, h("span", { className: "text-muted small" }, t("review.single")), single.map(button)),
    );
  }

  /** Show the items of the page, each a line until it is opened. @param {{data: any, isOpen: boolean, selection: any, rows: any, onApply: (item: any) => Promise<void>}} props */
  function ReviewItems({ data, isOpen, selection, rows, onApply }) {
    const [toggled, setToggled] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
    const isOpenFirst = data.count <= kit.OPEN_ITEMS;
    const toggle = (/** @type {string} */ key) => setToggled(kit.changeSelection(toggled, [], key, !toggled.has(key)));
    const row = (/** @type {any} */ item) =>
      h(performers.ReviewItem, {
        key: item.id,
        item,
        isOpen: toggled.has(item.id) !== isOpenFirst,
        isOpenPlan: isOpen,
        outcome: rows.outcomes[item.id],
        rowRef: rows.rowRef(item.id),
        onToggle: () => toggle(item.id),
        onSelect: selection.select,
        onApply,
      });
    return h("ul", { className: "sbk-plan", "aria-label": data.title }, data.items.map(row));
  }

  /** Say which preview is shown, and its figures in the words of the preview's result. @param {{data: any, isNarrowed: boolean}} props */
  function ReviewHead({ data, isNarrowed }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const head = t("review.head", { title: data.title, moment: kit.formatMoment(data.made_at, locale), planned: t("sum.planned", { count: data.planned }) });
    const rest = data.count - data.planned;
    return h("p", { className: "text-muted" }, [head, isNarrowed ? t("review.found", { count: data.count }) : rest > 0 && t("review.rest", { count: rest })].filter(Boolean).join(" · "));
  }

  /** @param {{data: any, filter: any}} props */
  function ReviewEmpty({ data, filter }) {
    const t = kit.useText();
    if (data.count > 0) return null;
    return !kit.isNarrowed(filter) ? h(kit.Empty, { icon: "faCircleCheck", title: t("review.nothing"), text: t("review.nothing.text") }) : h(kit.Empty, { title: t("review.no_match") });
  }

  /** Show a plan as a review, page by page; without `planId` the newest plan of the kind, and the others to choose from. @param {{planId: string | null, kind?: string}} props */
  function ReviewPanel({ planId, kind }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [filter, setFilter] = useState(kit.NO_FILTER);
    const [isAsking, setAsking] = useState(false);
    const [chosen, setChosen] = useState(planId);
    const choose = (/** @type {string} */ other) => (setPage(1), setFilter(kit.NO_FILTER), setChosen(other));
    const narrow = (/** @type {any} */ next) => (setPage(1), setFilter(next));
    const query = { ...(chosen && { plan_id: chosen }), ...(kind && { kind }), ...filter, page, page_size: PAGE_SIZE };
    const review = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("review", query, { signal }), KEEPS);
    const selection = performers.useReviewSelection(review, filter);
    const { run, task, settle } = useApply(review);
    const { rows, applyItem } = useItemApply(review, settle);
    const render = (/** @type {any} */ data) => {
      if (!data.plan_id) return h(kit.Empty, { icon: "faEye", title: t("review.none"), text: t("review.none.text") }, h(kit.TabLink, { tab: "sync" }, t("attention.go.sync")));
      const isOpen = data.state === "open" && !isApplying(task, review);
      return h(
        React.Fragment,
        null,
        kind && h(PlanChoice, { data, onChoose: choose }),
        h(ReviewHead, { data, isNarrowed: kit.isNarrowed(filter) }),
        run && h(kit.RunNotice, { run, onUndone: review.reload }, h(performers.RunTotals, { totals: run.totals })),
        h(kit.TaskProgress, { task, words: "sum" }, h(performers.TaskOutcome, { task, onUndone: review.reload })),
        h(kit.PlanFilters, { plan: data, planId: data.plan_id, filter, onChange: narrow }),
        isOpen && data.open > 0 && h(kit.WholeFields, { plan: data, selection }),
        isOpen && data.open > 0 && h(ReviewBar, { data, selection, onApply: () => setAsking(true) }),
        h(ReviewEmpty, { data, filter }),
        h(ReviewItems, { key: data.plan_id, data, isOpen, selection, rows, onApply: applyItem }),
        h(kit.Pager, { page, size: PAGE_SIZE, total: data.count, onPage: setPage }),
        isAsking && h(kit.ApplyDialog, { planId: data.plan_id, count: data.selected, undo: data.undo, onClose: () => setAsking(false), onDone: (/** @type {any} */ answer) => (setChosen(data.plan_id), settle(answer)) }),
      );
    };
    return h(kit.Loaded, { load: review, shape: "boxes", children: render });
  }

  Object.assign(performers, { ReviewPanel });
})();
