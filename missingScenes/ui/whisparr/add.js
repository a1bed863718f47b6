// Adding to Whisparr: one scene, the selected ones or all; refusals are listed scene by scene.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const MOST_REASONS = 50;
  const UNFINISHED_PHASES = ["cancelled", "interrupted", "failed"];

  /** Ask before Whisparr's exclusion of a scene is removed. @param {{title: string, onConfirm: () => Promise<void>, onClose: () => void}} props */
  function LiftExclusionDialog({ title, onConfirm, onClose }) {
    const t = kit.useText();
    const ask = { title: t("whisparr.force.title"), confirmText: t("whisparr.force.confirm"), onConfirm, onClose };
    return h(kit.ConfirmDialog, ask, h("p", null, t("whisparr.force.text", { title })));
  }

  /**
   * Show the button that adds one scene; it asks before it adds an excluded one, and shows an error on the card.
   * @param {{scene: any, endpoint: string, status: any, onAdded: (id: string, status: any) => void}} props
   */
  function AddButton({ scene, endpoint, status, onAdded }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const isMounted = kit.useIsMounted(); // the button disappears when the scene was added
    const [isAsking, setAsking] = useState(false);
    const [error, setError] = useState(/** @type {unknown} */ (null));
    const title = missing.chooseTitle(scene, t("card.untitled"));
    const isExcluded = Boolean(status.is_excluded);
    const send = async (/** @type {boolean} */ force) => {
      setError(null);
      const added = await ui.operation("whisparr_add", { endpoint, scene: { id: scene.id, title: scene.title }, ...(force ? { force } : {}) });
      if (added.is_excluded) return setAsking(true);
      const say = added.has_remark ? kit.toast.warning : kit.toast.success;
      say(t("whisparr.done", { title, message: added.message }));
      return onAdded(scene.id, added.status);
    };
    const press = () => (isExcluded ? setAsking(true) : send(false));
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", icon: "faDownload", onClick: press, onError: setError, title: t("whisparr.add.title"), "aria-keyshortcuts": "a" }, t(isExcluded ? "whisparr.add.anyway" : "whisparr.add")),
      error !== null && h("div", { className: "ms-refused text-danger small", role: "alert" }, h(kit.ErrorText, { error })),
      isAsking && h(LiftExclusionDialog, { title, onConfirm: () => send(true), onClose: () => isMounted.current && setAsking(false) }),
    );
  }

  /** Show what adding many scenes will do, in the dialog that asks. @param {{plan: any, isPart: boolean, isWhole: boolean}} props */
  function AddSummary({ plan, isPart, isWhole }) {
    const t = kit.useText();
    const { whisparr, count, excluded, owned } = plan;
    return h(
      React.Fragment,
      null,
      h("p", null, t("whisparr.add_all.text", { count, folder: whisparr.root_folder, profile: whisparr.profile_name || whisparr.profile })),
      h("p", null, t(whisparr.search ? "whisparr.add_all.search" : "whisparr.add_all.no_search")),
      excluded > 0 && h("p", { className: "text-warning" }, t("whisparr.add_all.excluded", { count: excluded })),
      owned > 0 && h("p", { className: "text-warning" }, t("whisparr.add_all.owned", { count: owned })),
      isPart && h("p", { className: "text-muted" }, t("whisparr.add_all.part")),
      isWhole && h("p", { className: "text-muted" }, t("whisparr.add_all.whole")),
    );
  }

  /**
   * Ask before many scenes are added; a task then adds them.
   * @param {{endpoint: string, scenes: any[], plan?: any, isPart: boolean, task: StashBundle.TaskState, onClose: () => void}} props `plan`: the
   *   arguments of the plan, if not these scenes; `isPart`: the list has more scenes
   */
  function AddDialog({ endpoint, scenes, plan: whole, isPart, task, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const wanted = whole || { endpoint, scenes: scenes.map((scene) => ({ id: scene.id, title: scene.title })) };
    const plan = kit.useLoad(`plan:${JSON.stringify(wanted)}`, (signal) => ui.operation("whisparr_plan", wanted, { signal }));
    const count = plan.data ? plan.data.count : scenes.length;
    const ask = {
      title: plan.data || !whole ? t("whisparr.add_all.title", { count }) : t("whisparr.add_wanted"),
      confirmText: t("whisparr.add_all.confirm", { count }),
      canConfirm: Boolean(plan.data && plan.data.count),
      onConfirm: () => startAdding(ui, t, task, plan.data.plan_id),
      onClose,
    };
    return h(
      kit.ConfirmDialog,
      ask,
      plan.isLoading && h(kit.Loading),
      plan.error && h(kit.ErrorBox, { error: plan.error, onRetry: plan.reload }),
      plan.data && h(AddSummary, { plan: plan.data, isPart, isWhole: Boolean(whole) }),
    );
  }

  /**
   * Start the task that adds the scenes of a plan; a stopped plan goes on where it stopped.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.Translate} t
   * @param {StashBundle.TaskState} task
   * @param {string} planId
   */
  async function startAdding(ui, t, task, planId) {
    const done = await ui.operation("plan_apply", { plan_id: planId });
    if (done.job_id) task.adopt({ ...kit.readTaskHandle(done, t("whisparr.adding")), planId });
    else kit.toast.success(t("whisparr.added", { count: done.run.totals.changed }));
  }

  /** Show a line for each scene that was not added, with the reason. @param {{run: StashBundle.Run, outcome: string}} props */
  function RefusalList({ run, outcome }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const args = { run_id: run.id, page: 1, page_size: MOST_REASONS, outcome };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("history_changes", args, { signal }));
    if (found.error || !found.data) return h(kit.Pending, { load: found });
    const { changes, count } = found.data;
    return h(
      React.Fragment,
      null,
      h("ul", { className: "ms-reasons-list", "aria-label": t(`whisparr.total.${outcome}`, { count }) }, changes.map((/** @type {any} */ row) => h("li", { key: row.id }, h("strong", null, row.item.label), " ", row.message))),
      count > changes.length && h("p", null, h(ReactRouterDOM.Link, { to: `${ui.path}/history?run=${encodeURIComponent(run.id)}` }, t("whisparr.more_reasons", { count: count - changes.length }))),
    );
  }

  /** Show the progress and the result of adding many scenes. @param {{task: StashBundle.TaskState}} props */
  function AddProgress({ task }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { run } = task;
    const planId = task.handle && task.handle.planId;
    const canGoOn = Boolean(planId) && UNFINISHED_PHASES.includes(task.phase);
    const outcomes = run && run.id ? ["failed", "skipped"].filter((outcome) => run.totals[outcome] > 0) : [];
    return h(
      kit.TaskProgress,
      { task, words: "whisparr.total" },
      run && outcomes.map((outcome) => h(RefusalList, { key: `${run.id} ${outcome}`, run, outcome })),
      canGoOn && h(kit.ActionButton, { size: "sm", variant: "primary", onClick: () => startAdding(ui, t, task, planId || "") }, t("whisparr.go_on")),
    );
  }

  Object.assign(missing, { AddButton, AddDialog, AddProgress });
})();
