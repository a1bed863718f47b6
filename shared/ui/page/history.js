// History: the runs of this plugin, what each changed, and undo for a run or for chosen changes.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const RUNS = 20;
  const CHANGES = 50;
  const KEEPS = { keeps: true };
  const OUTCOMES = ["changed", "conflict", "failed", "skipped", "undone"];
  const RESULT_LEVELS = /** @type {Record<string, string>} */ ({ success: "success", warning: "warning", danger: "danger", info: "info" });

  function useWords() {
    const t = kit.useText();
    return { empty: t("value.empty"), yes: t("value.yes"), no: t("value.no") };
  }

  /** @param {{run: StashBundle.Run}} props */
  function RunResult({ run }) {
    const t = kit.useText();
    const variant = RESULT_LEVELS[kit.levelOf(run.state)];
    return h(
      React.Fragment,
      null,
      h(Bootstrap.Badge, { variant, className: "mr-2" }, t(`task.phase.${run.state}`)),
      run.dry_run && h(Bootstrap.Badge, { variant: "secondary", className: "mr-2" }, t("history.dry_run")),
      h(kit.Totals, { totals: run.totals }),
      run.message && h("div", { className: "text-muted small" }, run.message),
      Object.entries(run.problems || {}).map(([part, text]) => h("div", { key: part, className: "text-muted small" }, `${part}: ${text}`)),
    );
  }

  /** @param {{onOpen: (run: StashBundle.Run) => void}} props */
  function RunList({ onOpen }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const list = kit.useLoad(`runs:${page}`, (signal) => ui.operation("history_list", { page, page_size: RUNS }, { signal }), KEEPS);
    if (list.error) return h(kit.ErrorBox, { error: list.error, onRetry: list.reload });
    if (!list.data) return h(kit.Loading);
    const columns = [
      { key: "started_at", title: t("history.when"), render: (/** @type {any} */ run) => kit.formatMoment(run.started_at, locale) },
      {
        key: "title",
        title: t("history.what"),
        render: (/** @type {any} */ run) =>
          h(
            Bootstrap.Button,
            { variant: "link", className: "p-0 text-left", "aria-label": t("history.open", { title: run.title }), onClick: () => onOpen(run) },
            run.title,
          ),
      },
      { key: "result", title: t("history.result"), render: (/** @type {any} */ run) => h(RunResult, { run }) },
    ];
    const empty = h(kit.Empty, { icon: "faClockRotateLeft", title: t("history.empty"), text: t("history.empty.text") });
    return h(
      React.Fragment,
      null,
      h(kit.Table, { caption: t("page.history"), columns, rows: list.data.runs, keyOf: (/** @type {any} */ run) => run.id, empty, isBusy: list.isLoading }),
      h(kit.Pager, { page, size: RUNS, total: list.data.count, onPage: setPage }),
    );
  }

  /** @param {{change: StashBundle.ChangeRow, side: "before" | "after"}} props */
  function ChangeValue({ change, side }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const words = useWords();
    const own = ui.describe(change, t)[side];
    if (own !== undefined) return own;
    if (change.action === "add") return side === "after" ? t("history.added", { value: kit.formatValue(change.after, words) }) : null;
    if (change.action === "remove") return side === "before" ? t("history.removed", { value: kit.formatValue(change.before, words) }) : null;
    return kit.formatValue(change[side], words);
  }

  /** @param {StashBundle.Ui} ui @param {StashBundle.Translate} t @param {boolean} hasOutcomes a plan has none, but for what stays as it is */
  function changeColumns(ui, t, hasOutcomes) {
    const value = (/** @type {"before" | "after"} */ side) => (/** @type {any} */ change) => h(ChangeValue, { change, side });
    const columns = [
      { key: "item", title: t("history.item"), render: (/** @type {any} */ change) => change.item.label },
      { key: "field", title: t("history.field"), className: "sbk-whole", render: (/** @type {any} */ change) => ui.describe(change, t).field || change.field },
      { key: "before", title: t("history.before"), className: "sbk-value", render: value("before") },
      { key: "after", title: t("history.after"), className: "sbk-value", render: value("after") },
      {
        key: "outcome",
        title: t("history.outcome"),
        render: (/** @type {any} */ change) =>
          h(React.Fragment, null, t(`outcome.${change.outcome}`), change.message && h("div", { className: "text-muted small" }, change.message)),
      },
      { key: "reason", title: t("history.reason"), className: "text-muted" },
    ];
    return hasOutcomes ? columns : columns.filter((column) => column.key !== "outcome");
  }

  /** @param {{value: string, onChange: (value: string) => void}} props */
  function OutcomeFilter({ value, onChange }) {
    const t = kit.useText();
    return h(
      Bootstrap.Form.Control,
      {
        as: "select",
        className: "input-control sbk-filter",
        "aria-label": t("history.filter"),
        value,
        onChange: (/** @type {any} */ event) => onChange(event.currentTarget.value),
      },
      h("option", { value: "" }, t("history.filter.all")),
      OUTCOMES.map((outcome) => h("option", { key: outcome, value: outcome }, t(`outcome.${outcome}`))),
    );
  }

  /**
   * The changes of a plan, without buttons: for previews and for the undo dialog.
   * @param {{changes: StashBundle.ChangeRow[], caption: string, isPlan?: boolean} & Record<string, any>} props
   */
  function ChangeTable({ changes, caption, isPlan = false, ...rest }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const hasOutcomes = !isPlan || changes.some((change) => change.outcome !== "planned");
    return h(kit.Table, {
      caption,
      columns: changeColumns(ui, t, hasOutcomes),
      rows: changes,
      keyOf: (/** @type {any} */ change) => String(change.id),
      nameOf: (/** @type {any} */ change) => `${change.item.label}, ${change.field}`,
      empty: h(kit.Empty, { title: t("history.no_changes") }),
      ...rest,
    });
  }

  /** @param {{plan: StashBundle.Loaded}} props */
  function UndoPlan({ plan }) {
    const t = kit.useText();
    if (plan.error) return h(kit.ErrorBox, { error: plan.error, onRetry: plan.reload });
    if (!plan.data) return h(kit.Loading, { text: t("undo.checking") });
    const { conflict, changes } = plan.data;
    const count = plan.data.count - conflict;
    return h(
      React.Fragment,
      null,
      h("p", null, count ? t("undo.text", { count }) : t("undo.nothing")),
      conflict > 0 && h("p", { className: "text-warning" }, t("undo.conflicts", { count: conflict })),
      count > 0 && h(ChangeTable, { changes, caption: t("undo.title"), isPlan: true }),
    );
  }

  /** @param {{runId: string, only?: string[], onClose: () => void, onDone: () => void, onQueued: (handle: any) => void}} props */
  function UndoDialog({ runId, only, onClose, onDone, onQueued }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const args = only ? { run_id: runId, only } : { run_id: runId };
    const plan = kit.useLoad(`${runId}:${(only || []).join()}`, (signal) => ui.operation("history_undo", { ...args, preview: true }, { signal }));
    const apply = async () => {
      const answer = await ui.operation("history_undo", { plan_id: plan.data.plan_id });
      if (answer.job_id) onQueued({ jobId: answer.job_id, runToken: answer.run_token, title: t("undo.title") });
      else kit.toast.success(t("undo.done", { count: answer.run.totals.changed }));
      onDone();
    };
    const canConfirm = Boolean(plan.data) && plan.data.count > plan.data.conflict;
    const ask = { title: t("undo.title"), confirmText: t("undo.confirm"), canConfirm, onConfirm: apply, onClose, size: "xl" };
    return h(kit.ConfirmDialog, ask, h(UndoPlan, { plan }));
  }

  /** Takes one run back, from wherever its result is shown. @param {{run: StashBundle.Run, onDone?: () => void}} props */
  function UndoButton({ run, onDone = () => undefined }) {
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    const [isOver, setOver] = useState(false);
    const task = kit.useTask(`undo-${run.id}`, { onEnd: onDone });
    const finish = () => {
      setOver(true);
      onDone();
    };
    if (!run.undoable) return null;
    return h(
      React.Fragment,
      null,
      !isOver && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => setAsking(true) }, h(kit.Icon, { name: "faRotateLeft" }), h("span", null, t("undo.run"))),
      h(kit.TaskProgress, { task }),
      isAsking && h(UndoDialog, { runId: run.id, onClose: () => setAsking(false), onDone: finish, onQueued: task.adopt }),
    );
  }

  /** @param {{runId: string, isUndoing: boolean, onBack: () => void, onQueued: (handle: any) => void}} props */
  function RunDetail({ runId, isUndoing, onBack, onQueued }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [outcome, setOutcome] = useState("");
    const [undoing, setUndoing] = useState(/** @type {null | {only?: string[]}} */ (null));
    const query = { run_id: runId, page, page_size: CHANGES, ...(outcome ? { outcome } : {}) };
    const list = kit.useLoad(JSON.stringify({ ...query, isUndoing }), (signal) => ui.operation("history_changes", query, { signal }), KEEPS);
    const changes = list.data ? list.data.changes : [];
    const selection = kit.useSelection(changes.filter((/** @type {any} */ one) => one.undoable).map((/** @type {any} */ one) => String(one.id)));
    const chosen = [...selection.selected];
    const undo = (/** @type {string[]} */ only) => setUndoing(only.length ? { only } : {});
    const finish = () => {
      selection.clear();
      list.reload();
    };
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(Bootstrap.Button, { variant: "secondary", onClick: onBack }, h(kit.Icon, { name: "faArrowLeft" }), h("span", null, t("history.back"))),
        h(OutcomeFilter, { value: outcome, onChange: (value) => (setPage(1), setOutcome(value)) }),
        h(Bootstrap.Button, { variant: "secondary", onClick: () => undo([]) }, h(kit.Icon, { name: "faRotateLeft" }), h("span", null, t("undo.run"))),
      ),
      list.error && h(kit.ErrorBox, { error: list.error, onRetry: list.reload }),
      !list.data && !list.error && h(kit.Loading),
      list.data &&
        h(ChangeTable, {
          changes,
          caption: t("page.history"),
          selection,
          canSelect: (/** @type {any} */ one) => one.undoable,
          isBusy: list.isLoading,
          actions: h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => undo(chosen) }, t("undo.some", { count: chosen.length })),
        }),
      list.data && h(kit.Pager, { page, size: CHANGES, total: list.data.count, onPage: setPage }),
      undoing && h(UndoDialog, { runId, only: undoing.only, onClose: () => setUndoing(null), onDone: finish, onQueued }),
    );
  }

  /** The History tab; the open run is part of the address, so the browser's Back works. */
  function HistoryPanel() {
    const history = ReactRouterDOM.useHistory();
    const location = ReactRouterDOM.useLocation();
    const task = kit.useTask("undo");
    const runId = new URLSearchParams(location.search).get("run");
    const open = (/** @type {any} */ run) => history.push({ pathname: location.pathname, search: `?run=${encodeURIComponent(run.id)}` });
    const back = () => history.push({ pathname: location.pathname });
    return h(
      React.Fragment,
      null,
      h(kit.TaskProgress, { task }),
      runId ? h(RunDetail, { key: runId, runId, isUndoing: task.isActive, onBack: back, onQueued: task.adopt }) : h(RunList, { key: String(task.isActive), onOpen: open }),
    );
  }

  Object.assign(kit, { HistoryPanel, ChangeTable, UndoButton });
})();
