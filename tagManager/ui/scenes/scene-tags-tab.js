// The Scene tags tab: choose scenes, preview the tags that would be added, apply them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useState } = React;
  const COUNTED = ["unlinked", "unmatched_tags", "blacklisted", "kept_off", "remote_deleted", "remote_merged", "not_found", "failed"];

  /** Box tags that match several tags of the library. @param {{found: any[]}} props */
  function Ambiguities({ found }) {
    const t = kit.useText();
    if (!found.length) return null;
    const others = (/** @type {any} */ one) => one.others.map((/** @type {any} */ other) => other.name).join(", ");
    return h(
      "details",
      { className: "tm-more" },
      h("summary", null, h(kit.Icon, { name: "faTriangleExclamation", className: "text-warning" }), " ", t("sync.ambiguous", { count: found.length })),
      h("ul", { className: "mb-0" }, found.map((one) => h("li", { key: `${one.endpoint}${one.remote}` }, t("sync.ambiguous.row", { remote: one.remote, chosen: one.chosen.name, others: others(one) })))),
    );
  }

  /** How many scenes the preview covers, and why some are left out. @param {{plan: any}} props */
  function Figures({ plan }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { figures } = plan;
    if (!figures) return null;
    const { boxes } = figures;
    const covered = boxes.length > 1 ? boxes.map((/** @type {any} */ box) => t("sync.figures.box", { name: box.name, scenes: box.scenes })) : [];
    const notes = COUNTED.filter((name) => figures[name] > 0).map((name) => t(`sync.figures.${name}`, { count: figures[name] }));
    const texts = [t("sync.figures", { scenes: figures.scenes, of: figures.of }), ...covered, ...notes, kit.formatMoment(plan.created_at, locale)];
    return h("span", { role: "status", className: "text-muted small" }, texts.join(" · "));
  }

  /** What was ambiguous in the preview, and which boxes failed. @param {{figures: any}} props */
  function PlanNotices({ figures }) {
    if (!figures) return null;
    const problems = figures.boxes.filter((/** @type {any} */ box) => box.problem);
    return h(
      React.Fragment,
      null,
      problems.map((/** @type {any} */ box) => h(kit.Notice, { key: box.endpoint, level: "warning", title: box.name }, box.problem)),
      h(Ambiguities, { found: figures.ambiguous }),
    );
  }

  /** Asks before the selected additions are applied. @param {{plan: any, task: StashBundle.TaskState, onDone: () => void, onClose: () => void}} props */
  function ApplyDialog({ plan, task, onDone, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const backup = kit.useBackup({ plan_id: plan.plan_id });
    const count = plan.selected;
    const onConfirm = async () => {
      const answer = await ui.operation("sync_apply", { plan_id: plan.plan_id, ...(backup.answer === null ? {} : { backup: backup.answer }) });
      if (answer.job_id) task.adopt(kit.readTaskHandle(answer, answer.title || t("sync.applying")));
      else onDone();
    };
    const ask = { title: t("sync.apply.title"), confirmText: t("sync.apply", { count }), canConfirm: backup.isReady, onConfirm, onClose };
    return h(kit.ConfirmDialog, ask, h("p", null, t("sync.apply.text", { count })), h("p", { className: "text-muted" }, t("sync.apply.undo")), h(kit.BackupOffer, { backup }));
  }

  /** Applies the selected additions after a question. @param {{plan: any, task: StashBundle.TaskState, onDone: () => void}} props */
  function ApplyButton({ plan, task, onDone }) {
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    if (plan.state !== "open") return null;
    return h(
      React.Fragment,
      null,
      h(Bootstrap.Button, { variant: "primary", disabled: !plan.selected || task.isActive, onClick: () => setAsking(true) }, t("sync.apply", { count: plan.selected })),
      isAsking && h(ApplyDialog, { plan, task, onDone, onClose: () => setAsking(false) }),
    );
  }

  /** The result of applying the plan; a run that still says "running" without a task was killed. @param {{plan: any, isActive: boolean, onUndone: () => void}} props */
  function PlanResult({ plan, isActive, onUndone }) {
    const t = kit.useText();
    const { run } = plan;
    if (!run || isActive) return null;
    const state = run.state === "running" ? "interrupted" : run.state;
    const title = t(`task.phase.${state}`);
    const canContinue = plan.state === "open" && plan.selected > 0 && run.state !== "finished";
    return h(
      kit.Notice,
      { level: kit.chooseLevel(state), title },
      h(kit.Totals, { totals: run.totals }),
      run.message && h("div", null, run.message),
      h(kit.RunProblems, { run, told: run.message }),
      canContinue && h("div", null, t("sync.goes_on")),
      h("div", { className: "sbk-actions" }, h(kit.UndoButton, { key: run.id, run, onDone: onUndone })),
    );
  }

  /** The newest plan with its figures, its result and its tables. @param {{plan: any, round: number, isActive: boolean, onChange: () => void}} props */
  function Plan({ plan, round, isActive, onChange }) {
    const t = kit.useText();
    const [view, setView] = useState("tag");
    const [tag, setTag] = useState(/** @type {any} */ (null));
    const choices = ["tag", "scene"].map((value) => ({ value, label: t(`sync.by_${value}`) }));
    const showTag = (/** @type {any} */ one) => (setTag(one), setView("scene"));
    const change = (/** @type {string} */ next) => (setTag(null), setView(next));
    const picker = h(kit.Picker, { id: "tm-view", label: t("sync.view"), value: view, choices, onChange: change });
    const parts = { plan, round, onChange, picker };
    return h(
      React.Fragment,
      null,
      h("div", { className: "tm-plan-head" }, h("h2", { className: "h5" }, plan.title), h(Figures, { plan })),
      h(PlanResult, { plan, isActive, onUndone: onChange }),
      view === "tag" ? h(tagging.PlanByTag, { ...parts, onShow: showTag }) : h(tagging.PlanByScene, { ...parts, tag, onAll: () => setTag(null) }),
      h(PlanNotices, { figures: plan.figures }),
    );
  }

  /** The newest plan, or what is shown instead of one. @param {{found: StashBundle.Loaded, round: number, isActive: boolean, onChange: () => void}} props */
  function NewestPlan({ found, ...rest }) {
    const t = kit.useText();
    if (found.error || !found.data) return h(kit.Pending, { load: found });
    const { plan } = found.data;
    if (!plan) return h(kit.Empty, { icon: "faTags", title: t("sync.none"), text: t("sync.text") });
    return h(Plan, { key: plan.plan_id, plan, ...rest });
  }

  /** Options that are rarely needed, folded away: full pass, removed tags. @param {{options: any, setOptions: (options: any) => void}} props */
  function MoreOptions({ options, setOptions }) {
    const t = kit.useText();
    const tick = (/** @type {string} */ name) => h(kit.Tick, { id: `tm-${name}`, label: t(`sync.${name}`), isOn: options[name], onChange: (/** @type {boolean} */ isOn) => setOptions({ ...options, [name]: isOn }) });
    return h("details", { className: "tm-more" }, h("summary", null, t("sync.more")), tick("full"), tick("include_removed"), h(tagging.ScopeHelp));
  }

  /** Shows the progress of a task that was started in another tab or before a reload. @param {StashBundle.TaskState} task @param {any} job */
  function useRunningJob(task, job) {
    const { isKnown, adopt } = task;
    const t = kit.useText();
    const jobId = job && !isKnown ? job.job_id : "";
    useEffect(() => {
      if (!jobId) return;
      kit.findJob(jobId).then(
        (found) => found && !kit.hasEnded(found) && adopt({ jobId, runToken: job.run_token, title: t("sync.running") }),
        () => undefined, // without an answer the page shows no progress
      );
    }, [jobId]); // eslint-disable-line react-hooks/exhaustive-deps -- once for each job
  }

  /** Return true if the plan below shows the run in which a task has ended, so that its result stands once. @param {StashBundle.TaskState} task @param {any} plan */
  function isToldByPlan(task, plan) {
    return Boolean(!task.isActive && task.run && task.run.id && plan && plan.run && plan.run.id === task.run.id);
  }

  function Sync() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [options, setOptions] = useState({ full: false, include_removed: false, endpoint: "" });
    const scope = tagging.useScope();
    const [round, setRound] = useState(0);
    const found = kit.useLoad("plan", (signal) => ui.operation("sync_plan", {}, { signal }));
    const boxes = tagging.useBoxes();
    // The count in a selection's answer is shown at once, so that the button does not show the old number while the plan is read again.
    const change = (/** @type {any} */ answer = null) => {
      setRound((/** @type {number} */ one) => one + 1);
      const data = found.data;
      if (answer && typeof answer.selected === "number" && data && data.plan) found.setData({ ...data, plan: { ...data.plan, selected: answer.selected } });
      tagging.forgetPages();
      found.reload();
    };
    const task = kit.useTask("sync", { onEnd: change });
    const { plan = null, job = null } = found.data || {};
    useRunningJob(task, job);
    const start = async () => {
      const { endpoint, ...rest } = options;
      const answer = await ui.operation("sync_start", { dry_run: true, ...rest, ...(endpoint ? { endpoint } : {}), ...scope.args });
      task.adopt(kit.readTaskHandle(answer, t("sync.preview.running")));
    };
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-filters tm-scope" },
        h(tagging.ScopePicker, { scope }),
        h(tagging.AnyBoxPicker, { id: "tm-sync-box", boxes, endpoint: options.endpoint, onChange: (/** @type {string} */ endpoint) => setOptions({ ...options, endpoint }) }),
        h(
          "div",
          { className: "sbk-actions tm-tight" },
          h(kit.ActionButton, { icon: "faSync", variant: plan && plan.state === "open" ? "secondary" : "primary", onClick: start, disabled: task.isActive || !scope.isReady }, t("sync.preview")),
          plan && h(ApplyButton, { plan, task, onDone: change }),
        ),
        h(MoreOptions, { options, setOptions }),
      ),
      !isToldByPlan(task, plan) && h(kit.TaskProgress, { task }),
      h(NewestPlan, { found, round, isActive: task.isActive, onChange: change }),
    );
  }

  Object.assign(tagging, { Sync });
})();
