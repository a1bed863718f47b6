// Adding to Whisparr: one scene, the selected ones or all; refusals are listed scene by scene.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useRef, useState } = React;
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
   * @param {{scene: any, endpoint: string, status: any, isMain?: boolean, onAdded: (id: string, status: any) => void, onAdd: (what: any) => void}} props `onAdd` opens the dialog
   */
  function AddButton({ scene, endpoint, status, isMain = false, onAdded, onAdd }) {
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
    const choose = () => (setError(null), onAdd({ scenes: [scene] }));
    const press = () => (isExcluded ? setAsking(true) : send(false));
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", variant: isMain ? "primary" : "secondary", icon: "faDownload", onClick: press, onError: setError, title: t("whisparr.add.title"), "aria-label": isExcluded ? undefined : t("whisparr.add"), "aria-keyshortcuts": "a" }, t(isExcluded ? "whisparr.add.anyway" : "whisparr.add.short")),
      error !== null &&
        h("div", { className: "ms-refused text-danger small", role: "alert" }, h(kit.ErrorText, { error }), h(Bootstrap.Button, { variant: "secondary", size: "sm", className: "d-block mt-1", onClick: choose }, t("whisparr.options"))),
      isAsking && h(LiftExclusionDialog, { title, onConfirm: () => send(true), onClose: () => isMounted.current && setAsking(false) }),
    );
  }

  /** Show what is left out for one reason, with a tick that adds it all the same. @param {{reason: string, count: number, isOn: boolean, onChange: (isOn: boolean) => void}} props */
  function LeftOut({ reason, count, isOn, onChange }) {
    const t = kit.useText();
    if (!count) return null;
    return h("div", { className: "ms-left-out" }, h("p", { className: "text-warning mb-1" }, t(`whisparr.add_all.${reason}`, { count })), h(kit.Tick, { id: `ms-with-${reason}`, label: t(`whisparr.with.${reason}`), isOn, onChange }));
  }

  /** Show the choices of an add: profile, folder and search, which are remembered. @param {{options: any, chosen: any, onChange: (part: any) => void}} props */
  function AddChoices({ options, chosen, onChange }) {
    const t = kit.useText();
    const profiles = options.profiles.map((/** @type {any} */ { value, label }) => ({ value: String(value), label }));
    const folders = options.folders.map((/** @type {string} */ value) => ({ value, label: value }));
    return h(
      "div",
      { className: "sbk-filters" },
      h(kit.Picker, { id: "ms-add-profile", label: t("whisparr.profile"), value: String(chosen.profile), choices: profiles, onChange: (/** @type {string} */ value) => onChange({ profile: Number(value) }) }),
      h(kit.Picker, { id: "ms-add-folder", label: t("whisparr.folder"), value: chosen.root_folder || "", choices: folders, onChange: (/** @type {string} */ value) => onChange({ root_folder: value }) }),
      h(kit.Tick, { id: "ms-add-search", label: t("whisparr.search"), isOn: chosen.search, onChange: (/** @type {boolean} */ isOn) => onChange({ search: isOn }) }),
    );
  }

  /** Show the form of the dialog for the answer of the operation `whisparr_options`. @param {{options: any, chosen: any, onChange: (part: any) => void, isPart: boolean, isWhole: boolean}} props */
  function AddForm({ options, chosen, onChange, isPart, isWhole }) {
    const t = kit.useText();
    const leftOut = (/** @type {string} */ reason) => h(LeftOut, { reason, count: options[reason], isOn: Boolean(chosen[reason]), onChange: (isOn) => onChange({ [reason]: isOn }) });
    return h(
      React.Fragment,
      null,
      h(AddChoices, { options, chosen, onChange }),
      h("p", { className: "text-muted" }, t(chosen.search ? "whisparr.add_all.search" : "whisparr.add_all.no_search")),
      leftOut("excluded"),
      leftOut("owned"),
      isPart && h("p", { className: "text-muted" }, t("whisparr.add_all.part")),
      isWhole && h("p", { className: "text-muted" }, t("whisparr.add_all.whole")),
    );
  }

  /** Show in one notice why nothing can be added, with the way to Setup. @param {{load: StashBundle.Loaded}} props */
  function NotReady({ load }) {
    const t = kit.useText();
    return h(
      kit.Notice,
      { level: "warning", title: t("whisparr.not_ready") },
      h(kit.ErrorText, { error: load.error }),
      h("div", { className: "sbk-actions" }, h(kit.TabLink, { tab: "setup", variant: "primary" }, t("downloads.setup")), h(kit.ActionButton, { size: "sm", onClick: load.reload }, t("action.retry"))),
    );
  }

  /** Show the choice among several Whisparrs. @param {{whisparrs: any[], value: string, onChange: (key: string) => void}} props */
  function WhisparrChoice({ whisparrs, value, onChange }) {
    const t = kit.useText();
    if (whisparrs.length < 2) return null;
    return h(kit.Picker, { id: "ms-add-whisparr", label: t("whisparr.which"), value, choices: whisparrs.map(({ key, name }) => ({ value: key, label: name })), onChange });
  }

  /** Remember the choices of the dialog for one Whisparr. @param {StashBundle.Ui} ui @param {string} whisparr @param {any} saved @param {any} chosen */
  async function saveChoices(ui, whisparr, saved, chosen) {
    const values = missing.listChangedSettings(saved, chosen);
    if (!Object.keys(values).length) return;
    if (whisparr) await ui.operation("whisparr_choices", { whisparr, profile: chosen.profile, root_folder: chosen.root_folder, search: chosen.search });
    else await ui.operation("settings_save", { values });
  }

  /**
   * Let the user choose how scenes are added, and start the task that adds them; the choices become the settings.
   * @param {{endpoint: string, scenes: any[], plan?: any, isPart: boolean, task: StashBundle.TaskState, onClose: () => void}} props `plan`: the
   *   arguments of the plan, if not these scenes; `isPart`: the list has more scenes
   */
  function AddDialog({ endpoint, scenes, plan: whole, isPart, task, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [whisparr, setWhisparr] = useState("");
    const wanted = { ...(whole || { endpoint, scenes: scenes.map((scene) => ({ id: scene.id, title: scene.title })) }), whisparr };
    const load = kit.useLoad(`options:${JSON.stringify(wanted)}`, (signal) => ui.operation("whisparr_options", wanted, { signal }));
    const [changes, setChanges] = useState({});
    const options = load.data;
    const list = useRef(/** @type {any[]} */ ([]));
    if (options) list.current = options.whisparrs;
    const known = list.current;
    const chosen = options ? { ...options.chosen, ...changes } : null;
    const { count, canAdd } = missing.readAdd(options, chosen);
    const confirm = async () => {
      await saveChoices(ui, whisparr, options.saved, chosen);
      const plan = await ui.operation("whisparr_plan", { ...wanted, with_excluded: Boolean(chosen.excluded), with_owned: Boolean(chosen.owned) });
      await startAdding(ui, t, task, plan.plan_id);
    };
    const ask = {
      title: t(count ? "whisparr.add_all.title" : "whisparr.add", { count }),
      confirmText: t(count ? "whisparr.add_all.confirm" : "whisparr.add", { count }),
      canConfirm: canAdd,
      onConfirm: confirm,
      onClose,
    };
    return h(
      kit.ConfirmDialog,
      ask,
      h(WhisparrChoice, { whisparrs: known, value: whisparr, onChange: (/** @type {string} */ key) => (setChanges({}), setWhisparr(key)) }),
      load.error ? h(NotReady, { load }) : !options && h(kit.Pending, { load, lines: 3 }),
      options && h(AddForm, { options, chosen, onChange: (part) => setChanges((old) => ({ ...old, ...part })), isPart, isWhole: Boolean(whole) }),
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
