// A plan as a review: pages of items, selection, apply.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 10;
  const KEEPS = { keeps: true };

  /** @param {{data: any, selection: any, onApply: () => void}} props */
  function ReviewBar({ data, selection, onApply }) {
    const t = kit.useText();
    return h(
      "div",
      { className: "sbk-selection-bar ps-review-bar" },
      h("span", { role: "status" }, t("plan.ticked", { count: data.selected, total: data.open })),
      h(kit.ActionButton, { size: "sm", className: "minimal", disabled: data.selected === data.open, onClick: () => selection.selectAll(true) }, t("plan.tick_all")),
      h(kit.ActionButton, { size: "sm", className: "minimal", disabled: data.selected === 0, onClick: () => selection.selectAll(false) }, t("plan.tick_none")),
      h(Bootstrap.Button, { variant: "primary", disabled: data.selected === 0, onClick: onApply }, t("plan.apply", { count: data.selected })),
    );
  }

  /** Show a button for each field that selects its changes on all pages. @param {{planId: string, version: number, onChanged: () => void}} props */
  function FieldSelection({ planId, version, onChanged }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad(`fields ${planId} ${version}`, (signal) => ui.operation("review_fields", { plan_id: planId }, { signal }), KEEPS);
    const select = async (/** @type {string} */ field, /** @type {boolean} */ selected) => {
      found.setData(await ui.operation("review_tick", { plan_id: planId, field, selected }));
      onChanged();
    };
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    const button = (/** @type {any} */ row) => {
      const isOn = row.selected > 0;
      const label = t(isOn ? "review.whole.off" : "review.whole.on", { field: performers.nameField(t, row.field), count: row.count, selected: row.selected });
      return h(kit.ActionButton, { key: row.field, size: "sm", variant: isOn ? "primary" : "secondary", "aria-pressed": isOn, "aria-label": label, title: label, onClick: () => select(row.field, !isOn) }, `${performers.nameField(t, row.field)} ${row.selected}/${row.count}`);
    };
    return h("div", { className: "ps-chips mb-3", role: "group", "aria-label": t("review.whole") }, h("span", { className: "text-muted small" }, t("review.whole")), (found.data ? found.data.fields : []).map(button));
  }

  /** @param {{data: any, selection: any, onApply: () => void, onChanged: () => void}} props */
  function ReviewTools({ data, selection, onApply, onChanged }) {
    return h(
      React.Fragment,
      null,
      data.open > 0 && h(ReviewBar, { data, selection, onApply }),
      data.count > 1 && h(FieldSelection, { planId: data.plan_id, version: data.selected, onChanged }),
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

  /** Show a list of the waiting previews to choose from; nothing if there is only the shown one. @param {{data: any, onChoose: (planId: string) => void}} props */
  function PlanChoice({ data, onChoose }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const plans = /** @type {any[]} */ (data.plans);
    const isListed = plans.some((plan) => plan.plan_id === data.plan_id);
    const rows = isListed ? plans : [{ plan_id: data.plan_id, title: data.title, made_at: data.made_at }, ...plans];
    if (rows.length < 2) return null;
    const choices = rows.map((plan) => ({ value: plan.plan_id, label: t("review.plan", { title: plan.title, moment: kit.formatMoment(plan.made_at, locale) }) }));
    return h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "ps-review-plan", label: t("review.waiting"), value: data.plan_id, choices, onChange: onChoose }));
  }

  /** Show a plan as a review, page by page; without `planId` the newest plan of the kind, and the others to choose from. @param {{planId: string | null, kind?: string}} props */
  function ReviewPanel({ planId, kind }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const [isAsking, setAsking] = useState(false);
    const [chosen, setChosen] = useState(planId);
    const choose = (/** @type {string} */ other) => {
      setPage(1);
      setChosen(other);
    };
    const query = { ...(chosen && { plan_id: chosen }), ...(kind && { kind }), page, page_size: PAGE_SIZE };
    const review = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("review", query, { signal }), KEEPS);
    const selection = performers.useReviewSelection(review);
    const { run, task, settle } = useApply(review);
    const render = (/** @type {any} */ data) => {
      if (!data.plan_id) return h(kit.Empty, { icon: "faEye", title: t("review.none"), text: t("review.none.text") }, h(kit.TabLink, { tab: "sync" }, t("attention.go.sync")));
      const isOpen = data.state === "open" && !isApplying(task, review);
      return h(
        React.Fragment,
        null,
        kind && h(PlanChoice, { data, onChoose: choose }),
        h("p", { className: "text-muted" }, t("review.head", { title: data.title, moment: kit.formatMoment(data.made_at, locale), count: data.count })),
        run && h(kit.RunNotice, { run, onUndone: review.reload }, h(performers.RunTotals, { totals: run.totals })),
        h(kit.TaskProgress, { task }, h(performers.TaskOutcome, { task, onUndone: review.reload })),
        isOpen && h(ReviewTools, { data, selection, onApply: () => setAsking(true), onChanged: review.reload }),
        data.count === 0 && h(kit.Empty, { title: t("review.nothing"), text: t("review.nothing.text") }),
        data.items.map((/** @type {any} */ item, /** @type {number} */ index) => h(performers.ReviewItem, { key: `${item.item.kind} ${item.item.id} ${index}`, item, isOpen, onSelect: selection.select, onTaken: review.reload })),
        h(kit.Pager, { page, size: PAGE_SIZE, total: data.count, onPage: setPage }),
        isAsking && h(kit.ApplyDialog, { planId: data.plan_id, count: data.selected, undo: data.undo, onClose: () => setAsking(false), onDone: (/** @type {any} */ answer) => (choose(data.plan_id), settle(answer)) }),
      );
    };
    return h(kit.Loaded, { load: review, children: render });
  }

  Object.assign(performers, { ReviewPanel });
})();
