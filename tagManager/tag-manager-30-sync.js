// Scene tags: a plan of everything that would be added, by tag and by scene, ticked and applied.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useState } = React;
  const PAGE_SIZE = 25;
  const NOTED = ["unmatched_tags", "blacklisted", "kept_off", "remote_deleted", "remote_merged", "not_found", "failed"];

  /** What the plan looked at, and why some of it is left out. @param {{figures: any}} props */
  function Figures({ figures }) {
    const t = kit.useText();
    const notes = NOTED.filter((name) => figures[name] > 0).map((name) => t(`sync.figures.${name}`, { count: figures[name] }));
    const problems = figures.boxes.filter((/** @type {any} */ box) => box.problem);
    return h(
      React.Fragment,
      null,
      h("p", { role: "status" }, [t("sync.figures", { scenes: figures.scenes, of: figures.of }), ...notes].join(" · ")),
      problems.map((/** @type {any} */ box) => h(kit.Notice, { key: box.endpoint, level: "warning", title: box.name }, box.problem)),
    );
  }

  /** @param {{row: any, planId: number, onChange: () => void}} props */
  function TagTick({ row, planId, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isOn, setOn] = useState(row.selected > 0);
    useEffect(() => setOn(row.selected > 0), [row.selected]);
    const { run, isBusy } = kit.useAction(async (/** @type {boolean} */ isWanted) => {
      setOn(isWanted);
      try {
        await ui.operation("sync_select", { plan_id: planId, selected: isWanted, tag_ids: [row.id] });
      } finally {
        onChange();
      }
    });
    return h(Bootstrap.Form.Check, {
      id: `tm-use-${row.id}`,
      "aria-label": `${t("sync.use")}: ${row.name}`,
      checked: isOn,
      disabled: isBusy,
      onChange: (/** @type {any} */ event) => run(event.target.checked),
    });
  }

  /** @param {{row: any, planId: number, onChange: () => void}} props */
  function NeverButton({ row, planId, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const never = async () => {
      const answer = await ui.operation("sync_never_add", { plan_id: planId, tag_id: row.id });
      kit.toast.success(t("sync.never.done", { names: answer.names.join(", ") }));
      onChange();
    };
    return h(kit.ActionButton, { size: "sm", onClick: never }, t("sync.never"));
  }

  /** @param {{planId: number, round: number, onChange: () => void}} props */
  function ByTag({ planId, round, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const args = { plan_id: planId, text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify({ ...args, round }), (signal) => ui.operation("sync_tags", args, { signal }));
    const columns = [
      { key: "use", title: t("sync.use"), render: (/** @type {any} */ row) => h(TagTick, { row, planId, onChange }) },
      { key: "name", title: t("sync.tag"), render: (/** @type {any} */ row) => h(ReactRouterDOM.Link, { to: `/tags/${row.id}` }, row.name) },
      { key: "scenes", title: t("sync.gains"), render: (/** @type {any} */ row) => `+${row.scenes}` },
      { key: "remote", title: t("sync.remote"), render: (/** @type {any} */ row) => row.remote.map((/** @type {any} */ one) => one.name).join(", ") },
      { key: "never", title: "", render: (/** @type {any} */ row) => h(NeverButton, { row, planId, onChange }) },
    ];
    return h(tagging.Listing, { found, items: "tags", columns, caption: t("sync.by_tag"), page, onPage: setPage, text, onText: setText, size: PAGE_SIZE, keyOf: (/** @type {any} */ row) => String(row.id) });
  }

  /** @param {{planId: number, round: number}} props */
  function ByScene({ planId, round }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const args = { plan_id: planId, text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify({ ...args, round }), (signal) => ui.operation("sync_scenes", args, { signal }));
    const names = (/** @type {any} */ row) =>
      row.tags.map((/** @type {any} */ tag) => h(Bootstrap.Badge, { key: tag.row, variant: tag.selected ? "primary" : "secondary", className: "mr-1" }, tag.name));
    const columns = [
      { key: "title", title: t("sync.scene"), render: (/** @type {any} */ row) => h(ReactRouterDOM.Link, { to: `/scenes/${row.id}` }, row.title) },
      { key: "tags", title: t("sync.scene.tags"), render: names },
      { key: "outcome", title: t("history.outcome"), render: (/** @type {any} */ row) => row.message || t(`outcome.${row.outcome}`) },
    ];
    return h(tagging.Listing, { found, items: "scenes", columns, caption: t("sync.by_scene"), page, onPage: setPage, text, onText: setText, size: PAGE_SIZE, keyOf: (/** @type {any} */ row) => String(row.item) });
  }

  /** @param {{plan: any, task: StashBundle.TaskState, onDone: () => void}} props */
  function ApplyButton({ plan, task, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    if (plan.state !== "open") return null;
    const apply = async () => {
      const answer = await ui.operation("sync_apply", { plan_id: plan.plan_id });
      if (answer.job_id) task.adopt({ jobId: answer.job_id, runToken: answer.run_token, title: t("sync.applying") });
      else {
        kit.toast.success(t("sync.applied", { count: answer.run.totals.changed }));
        onDone();
      }
    };
    return h(
      React.Fragment,
      null,
      h(Bootstrap.Button, { variant: "primary", disabled: !plan.selected || task.isActive, onClick: () => setAsking(true) }, t("sync.apply", { count: plan.selected })),
      isAsking &&
        h(
          kit.ConfirmDialog,
          { title: t("sync.apply.title"), confirmText: t("sync.apply", { count: plan.selected }), onConfirm: apply, onClose: () => setAsking(false) },
          h("p", null, t("sync.apply.text", { count: plan.selected })),
          h("p", { className: "text-muted" }, t("sync.apply.undo")),
        ),
    );
  }

  /** The newest plan. @param {{plan: any, round: number, onChange: () => void}} props */
  function Plan({ plan, round, onChange }) {
    const t = kit.useText();
    const [view, setView] = useState("tag");
    const choices = ["tag", "scene"].map((value) => ({ value, label: t(`sync.by_${value}`) }));
    return h(
      React.Fragment,
      null,
      h("h5", null, plan.title),
      h(Figures, { figures: plan.figures }),
      h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "tm-view", label: t("sync.view"), value: view, choices, onChange: setView })),
      view === "tag" ? h(ByTag, { planId: plan.plan_id, round, onChange }) : h(ByScene, { planId: plan.plan_id, round }),
    );
  }

  function Sync() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isFull, setFull] = useState(false);
    const scope = tagging.useScope();
    const [round, setRound] = useState(0);
    const found = kit.useLoad("plan", (signal) => ui.operation("sync_plan", {}, { signal }));
    const change = () => {
      setRound(round + 1);
      found.reload();
    };
    const task = kit.useTask("sync", { onEnd: change });
    const start = async () => {
      const answer = await ui.operation("sync_start", { dry_run: true, full: isFull, ...scope.args });
      task.adopt({ jobId: answer.job_id, runToken: answer.run_token, title: t("sync.preview.running") });
    };
    const plan = found.data ? found.data.plan : null;
    return h(
      React.Fragment,
      null,
      h("p", null, t("sync.text")),
      h(tagging.ScopePicker, { scope }),
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { icon: "faSync", onClick: start, disabled: task.isActive || !scope.isReady }, t("sync.preview")),
        plan && h(ApplyButton, { plan, task, onDone: change }),
        h(kit.Tick, { id: "tm-full", label: t("sync.full"), isOn: isFull, onChange: setFull }),
      ),
      h(kit.TaskProgress, { task }),
      found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
      !found.data && !found.error && h(kit.Loading),
      found.data && !plan && h(kit.Empty, { icon: "faTags", title: t("sync.none"), text: t("sync.none.text") }),
      plan && h(Plan, { plan, round, onChange: change }),
    );
  }

  Object.assign(tagging, { Sync });
})();
