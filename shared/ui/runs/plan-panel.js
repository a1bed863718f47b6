// A plan before it is applied: its changes with checkboxes, and the button that applies the selected ones.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useRef, useState } = React;
  const PAGE_SIZE = 50;
  const KEEPS = { keeps: true };
  const FEW_CHANGES = 20; // that many items, with a change each or more, are applied without the offer of a backup

  /** Show how many changes are selected, with buttons for all of them or, under a filter, for those of the items shown. @param {{plan: any, selection: any, filter: any, onApply: () => void}} props */
  function PlanBar({ plan, selection, filter, onApply }) {
    const t = kit.useText();
    const isNarrowed = kit.isNarrowed(filter);
    const button = (/** @type {string} */ text, /** @type {boolean} */ isOn, /** @type {boolean} */ isOff) =>
      h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: () => selection.selectAll(isOn), disabled: isOff }, text);
    return h(
      "div",
      { className: "sbk-selection-bar sbk-sticky" },
      h("span", { role: "status" }, t("plan.ticked", { count: plan.selected, total: plan.open })),
      button(t(isNarrowed ? "plan.tick_shown_all" : "plan.tick_all", { count: plan.count }), true, plan.selected === plan.open || (isNarrowed && !plan.count)),
      button(t(isNarrowed ? "plan.tick_shown_none" : "plan.tick_none", { count: plan.count }), false, plan.selected === 0 || (isNarrowed && !plan.count)),
      h(Bootstrap.Button, { variant: "primary", disabled: plan.selected === 0, onClick: onApply }, t("plan.apply", { count: plan.selected })),
    );
  }

  /** Say exactly what an undo of the plan could bring back. @param {{undo: StashBundle.UndoForecast, hasEdits?: boolean}} props */
  function UndoHint({ undo, hasEdits = true }) {
    const t = kit.useText();
    const { kind, count, limits } = undo;
    const isWarning = kind !== "all";
    const text = kind === "some" && !count ? null : t(`plan.undo.${kind}`, { count });
    return h(
      "div",
      { className: isWarning ? "text-warning" : "text-muted" },
      hasEdits && h("p", null, t("plan.edited")),
      text && h("p", null, text),
      kind !== "none" && limits.length > 0 && h("div", null, t("plan.undo.limits"), h("ul", { className: "mb-0" }, limits.map((one) => h("li", { key: one }, one)))),
    );
  }

  /** Ask before a plan is applied; `onDone` gets the answer of plan_apply. @param {{planId: string, count: number, undo: StashBundle.UndoForecast, onClose: () => void, onDone: (answer: any) => void}} props */
  function ApplyDialog({ planId, count, undo, onClose, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const backup = kit.useBackup(count > FEW_CHANGES ? { plan_id: planId } : null);
    const { answer } = backup;
    const onConfirm = async () => onDone(await ui.operation("plan_apply", { plan_id: planId, ...(answer === null ? {} : { backup: answer }) }));
    const ask = { title: t("plan.apply_title"), confirmText: t("plan.confirm"), canConfirm: backup.isReady, onConfirm, onClose };
    return h(kit.ConfirmDialog, ask, h("p", null, t("plan.apply_text", { count })), h(UndoHint, { undo }), h(kit.BackupOffer, { backup }));
  }

  /** Show the items of a plan, each a line until it is opened. @param {{planId: string, plan: any, isOpenPlan: boolean, selection: any, onApply: (item: any) => Promise<void>}} props */
  function PlanItems({ planId, plan, isOpenPlan, selection, onApply }) {
    const [remembered, remember] = kit.useTabState(`plan-${planId}-items`, /** @type {string[]} */ ([]));
    const toggled = new Set(remembered);
    const isOpenFirst = plan.count <= kit.OPEN_ITEMS;
    const toggle = (/** @type {string} */ key) => remember([...kit.changeSelection(toggled, [], key, !toggled.has(key))]);
    const row = (/** @type {any} */ item) =>
      h(kit.PlanItem, { key: item.id, item, isOpen: toggled.has(item.id) !== isOpenFirst, isOpenPlan, selection, onToggle: () => toggle(item.id), onApply });
    return h("ul", { className: "sbk-plan", "aria-label": plan.title }, plan.items.map(row));
  }

  /** Show the loaded page of a plan with its filters and buttons. @param {any} props */
  function PlanView({ planId, plan, selection, filter, change, page, setPage, applyItem, ask, isActive, empty }) {
    const t = kit.useText();
    const { data } = plan;
    const isOpen = data.state === "open" && !isActive && data.open > 0;
    const none = empty && !kit.isNarrowed(filter) ? empty : h(kit.Empty, { title: t("history.no_changes") });
    return h(
      React.Fragment,
      null,
      h(kit.PlanFilters, { plan: data, planId, filter, onChange: change }),
      isOpen && h(kit.WholeFields, { plan: data, selection }),
      isOpen && h(PlanBar, { plan: data, selection, filter, onApply: ask }),
      data.count ? h(PlanItems, { planId, plan: data, isOpenPlan: isOpen, selection, onApply: applyItem }) : none,
      h(kit.Pager, { page, size: PAGE_SIZE, total: data.count, onPage: setPage }),
    );
  }

  /** Return what was applied of a plan: the run of a click, the task, `settle` for the answer of plan_apply, and `isActive` until the plan on the page is the one after it. @param {string} planId @param {StashBundle.Loaded} plan @param {(run: StashBundle.Run | null) => void} onApplied */
  function useApplying(planId, plan, onApplied) {
    const [run, setRun] = useState(/** @type {StashBundle.Run | null} */ (null));
    const former = useRef(/** @type {any} */ (null));
    const renew = (/** @type {StashBundle.Run | null} */ applied) => {
      former.current = plan.data;
      plan.reload();
      onApplied(applied);
    };
    const task = kit.useTask(`plan-${planId}`, { onEnd: renew });
    const settle = (/** @type {any} */ answer) => {
      if (answer.job_id) return task.adopt(kit.readTaskHandle(answer, plan.data.title));
      setRun(answer.run);
      return renew(answer.run);
    };
    return { run, task, settle, isActive: task.isActive || former.current === plan.data };
  }

  /**
   * Show a plan item by item, narrowed by filters, and apply its selected changes or one item; `onApplied` is then called with the run.
   * @param {{planId: string, onApplied?: (run: StashBundle.Run | null) => void, empty?: any}} props
   */
  function PlanPanel({ planId, onApplied = () => undefined, empty }) {
    const ui = kit.useUi();
    const [shown, setShown] = kit.useTabState(`plan-${planId}-shown`, { page: 1, filter: kit.NO_FILTER });
    const { page, filter } = shown;
    const [isAsking, setAsking] = useState(false);
    const query = { plan_id: planId, page, page_size: PAGE_SIZE, ...filter };
    const plan = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("plan_items", query, { signal }), KEEPS);
    const selection = kit.usePlanSelection(planId, plan, filter);
    const { run, task, settle, isActive } = useApplying(planId, plan, onApplied);
    const applyItem = async (/** @type {any} */ item) => settle(await ui.operation("plan_apply", { plan_id: planId, items: [item.id] }));
    const setPage = (/** @type {number} */ next) => setShown({ page: next, filter });
    const change = (/** @type {any} */ next) => setShown({ page: 1, filter: next });
    const view = { planId, plan, selection, filter, change, page, setPage, applyItem, ask: () => setAsking(true), isActive, empty };
    return h(
      React.Fragment,
      null,
      run && h(kit.RunNotice, { key: run.id, run, onUndone: plan.reload }),
      h(kit.TaskProgress, { task }, task.run && h(kit.UndoButton, { run: task.run, onDone: plan.reload })),
      plan.error || !plan.data ? h(kit.Pending, { load: plan }) : h(PlanView, view),
      isAsking && h(ApplyDialog, { planId, count: plan.data.selected, undo: plan.data.undo, onClose: () => setAsking(false), onDone: settle }),
    );
  }

  Object.assign(kit, { PlanPanel, ApplyDialog, UndoHint });
})();
