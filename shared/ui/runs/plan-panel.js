// A plan before it is applied: its changes with checkboxes, and the button that applies the selected ones.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 50;
  const KEEPS = { keeps: true };

  /** @param {{plan: any, selection: any, onApply: () => void}} props */
  function PlanBar({ plan, selection, onApply }) {
    const t = kit.useText();
    const button = (/** @type {string} */ text, /** @type {() => void} */ onClick, /** @type {boolean} */ isOff) =>
      h(Bootstrap.Button, { size: "sm", className: "minimal", onClick, disabled: isOff }, text);
    return h(
      "div",
      { className: "sbk-selection-bar" },
      h("span", { role: "status" }, t("plan.ticked", { count: plan.selected, total: plan.open })),
      button(t("plan.tick_all"), selection.selectEverything, plan.selected === plan.open),
      button(t("plan.tick_none"), selection.clear, plan.selected === 0),
      h(
        Bootstrap.Button,
        { variant: "primary", disabled: plan.selected === 0, onClick: onApply },
        t("plan.apply", { count: plan.selected }),
      ),
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
    const onConfirm = async () => onDone(await ui.operation("plan_apply", { plan_id: planId }));
    const ask = { title: t("plan.apply_title"), confirmText: t("plan.confirm"), onConfirm, onClose };
    return h(kit.ConfirmDialog, ask, h("p", null, t("plan.apply_text", { count })), h(UndoHint, { undo }));
  }

  /**
   * Show a plan page by page and apply its selected changes; `onApplied` is then called with the run.
   * @param {{planId: string, onApplied?: (run: StashBundle.Run | null) => void, empty?: any}} props
   */
  function PlanPanel({ planId, onApplied = () => undefined, empty }) {
    const ui = kit.useUi();
    const [page, setPage] = useState(1);
    const [isAsking, setAsking] = useState(false);
    const [run, setRun] = useState(/** @type {StashBundle.Run | null} */ (null));
    const query = { plan_id: planId, page, page_size: PAGE_SIZE };
    const plan = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("plan_list", query, { signal }), KEEPS);
    const selection = kit.usePlanSelection(planId, plan);
    const task = kit.useTask(`plan-${planId}`, { onEnd: (ended) => (plan.reload(), onApplied(ended)) });
    const settle = (/** @type {any} */ answer) => {
      if (answer.job_id) return task.adopt(kit.readTaskHandle(answer, plan.data.title));
      setRun(answer.run);
      plan.reload();
      return onApplied(answer.run);
    };
    if (plan.error || !plan.data) return h(kit.Pending, { load: plan });
    const isOpen = plan.data.state === "open" && !task.isActive;
    const table = {
      changes: plan.data.changes,
      caption: plan.data.title,
      isPlan: isOpen,
      isBusy: plan.isLoading,
      ...(empty ? { empty } : {}),
      canSelect: (/** @type {any} */ one) => one.outcome === "planned",
      ...(isOpen && { selection, bar: h(PlanBar, { plan: plan.data, selection, onApply: () => setAsking(true) }) }),
    };
    return h(
      React.Fragment,
      null,
      run && h(kit.RunNotice, { run, onUndone: plan.reload }),
      h(kit.TaskProgress, { task }, task.run && h(kit.UndoButton, { run: task.run, onDone: plan.reload })),
      h(kit.ChangeTable, table),
      h(kit.Pager, { page, size: PAGE_SIZE, total: plan.data.count, onPage: setPage }),
      isAsking && h(ApplyDialog, { planId, count: plan.data.selected, undo: plan.data.undo, onClose: () => setAsking(false), onDone: settle }),
    );
  }

  Object.assign(kit, { PlanPanel, ApplyDialog, UndoHint });
})();
