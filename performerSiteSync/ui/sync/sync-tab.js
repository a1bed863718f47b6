// The Sync tab: scope and box, preview or update, progress and result.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const UPDATE_TASKS = /** @type {Record<string, string>} */ ({ performer: "Update All Performers", studio: "Update All Sites", scene: "Update All Scenes" });
  const KINDS = Object.keys(UPDATE_TASKS);
  const SCOPES = ["all", "favorites", "unlinked", "chosen"];
  const SCENE_SCOPES = ["all", "saved", "of_performer", "of_studio", "chosen"]; // scenes are found by their links, and none is a favorite
  const OWNERS = /** @type {Record<string, string>} */ ({ of_performer: "performer", of_studio: "studio" });

  /** Return the scopes of a kind. @param {string} kind */
  const listScopes = (kind) => (kind === "scene" ? SCENE_SCOPES : SCOPES);

  /** Return the scope that an address names, such as ?kind=performer&ids=1,2 or ?scope=unlinked. @param {string} search */
  function readSyncAddress(search) {
    const asked = new URLSearchParams(search);
    const ids = performers.parseIds(asked.get("ids") || "").ids;
    const kind = KINDS.includes(String(asked.get("kind"))) ? String(asked.get("kind")) : KINDS[0];
    const scope = SCOPES.includes(String(asked.get("scope"))) ? String(asked.get("scope")) : SCOPES[0];
    return { kind, scope: ids.length ? "chosen" : scope, chosen: ids.map((/** @type {string} */ id) => ({ id, name: `#${id}` })), source: "", isFresh: false, isFilling: false, isFinding: false, saved: null };
  }

  /** @param {{choice: any, onChange: (part: any) => void, sources: string[]}} props */
  function SyncForm({ choice, onChange, sources }) {
    const t = kit.useText();
    const list = (/** @type {string[]} */ keys, /** @type {string} */ word) => keys.map((value) => ({ value, label: t(`${word}.${value}`) }));
    const boxes = [{ value: "", label: t("sync.every_box") }, ...sources.map((value) => ({ value, label: value }))];
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-filters" },
        h(kit.Picker, { id: "ps-kind", label: t("sync.kind"), value: choice.kind, choices: list(KINDS, "report"), onChange: (/** @type {string} */ kind) => onChange({ kind, chosen: [], scope: listScopes(kind).includes(choice.scope) ? choice.scope : "all" }) }),
        h(kit.Picker, { id: "ps-scope", label: t("sync.scope"), value: choice.scope, choices: list(listScopes(choice.kind), "sync"), onChange: (/** @type {string} */ scope) => onChange({ scope, chosen: [], saved: null }) }),
        h(kit.Picker, { id: "ps-source", label: t("sync.source"), value: choice.source, choices: boxes, onChange: (/** @type {string} */ source) => onChange({ source }) }),
        h(kit.Tick, { id: "ps-fresh", label: t("sync.fresh"), isOn: choice.isFresh, onChange: (/** @type {boolean} */ isFresh) => onChange({ isFresh }) }),
        choice.kind === "scene" && h(kit.Tick, { id: "ps-fill", label: t("sync.fill"), isOn: choice.isFilling, onChange: (/** @type {boolean} */ isFilling) => onChange({ isFilling }) }),
        choice.kind === "scene" && h(kit.Tick, { id: "ps-find", label: t("sync.find"), isOn: choice.isFinding, onChange: (/** @type {boolean} */ isFinding) => onChange({ isFinding }) }),
      ),
      choice.scope === "saved" && h(kit.SavedFilterPicker, { chosen: choice.saved, onChoose: (/** @type {any} */ saved) => onChange({ saved }) }),
      choice.scope in OWNERS && h(performers.EntityPicker, { key: choice.scope, kind: OWNERS[choice.scope], chosen: choice.chosen, onChange: (/** @type {any[]} */ chosen) => onChange({ chosen: chosen.slice(-1) }) }),
      choice.scope === "chosen" && h(performers.EntityPicker, { kind: choice.kind, chosen: choice.chosen, onChange: (/** @type {any[]} */ chosen) => onChange({ chosen }) }),
    );
  }

  /** Show the result of a task of this page, with the next step or undo. @param {{task: StashBundle.TaskState, onUndone?: () => void}} props */
  function TaskOutcome({ task, onUndone }) {
    const t = kit.useText();
    const { run } = task;
    if (!run) return null;
    const finishUndo = () => {
      performers.forgetEntities();
      if (onUndone) onUndone();
    };
    const isPreview = Boolean(run.plan_id);
    return h(
      "div",
      { className: "ps-outcome" },
      h(
        "div",
        { className: "sbk-actions" },
        isPreview && h(kit.TabLink, { tab: `review?plan=${run.plan_id}`, variant: "primary" }, t("sync.review")),
        !isPreview && run.totals.conflict + (run.totals.conflict_in_part || 0) > 0 && h(kit.TabLink, { tab: "conflicts" }, t("attention.go.conflicts")),
        run.id && h(kit.UndoButton, { run, onDone: finishUndo }),
      ),
    );
  }

  /** Ask before an update that writes at once. @param {{choice: any, onStart: (answer: any) => unknown, onClose: () => void}} props */
  function RunDialog({ choice, onStart, onClose }) {
    const t = kit.useText();
    const scopeText = choice.scope === "chosen" ? t("chosen.count", { count: choice.chosen.length }) : t(`sync.${choice.scope}`);
    const backup = kit.useBackup(choice.scope === "chosen" ? null : { kind: choice.kind });
    const onConfirm = () => onStart(backup.answer === null ? {} : { backup_first: backup.answer });
    const ask = { title: t("sync.run.title"), confirmText: t("sync.run.confirm"), canConfirm: backup.isReady, onConfirm, onClose };
    return h(kit.ConfirmDialog, ask, h("p", null, t("sync.run.text", { kind: t(`report.${choice.kind}`), whom: scopeText, source: choice.source || t("sync.every_box") })), h(kit.UndoHint, { undo: { kind: "all", count: 0, limits: [] } }), h(kit.BackupOffer, { backup }));
  }

  /** Show the preview of this kind that waits for a person, else how to begin. @param {{kind: string}} props */
  function WaitingPreview({ kind }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const load = kit.useLoad(`waiting ${kind}`, (signal) => ui.operation("review", { kind, page_size: 1 }, { signal }));
    if (!load.data && !load.error) return null;
    const { plan_id: planId, state, planned, title, made_at: madeAt } = load.data || {};
    if (!planId || state !== "open" || !planned) return h(kit.Empty, { icon: "faEye", title: t("sync.none"), text: t("sync.none.text") });
    const text = t("review.head", { title, moment: kit.formatMoment(madeAt, locale), planned: t("sum.planned", { count: planned }) });
    return h(kit.Empty, { icon: "faEye", title: t("sync.waiting"), text }, h(kit.TabLink, { tab: `review?plan=${planId}`, variant: "primary" }, t("sync.review")));
  }

  function SyncTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const { search } = ReactRouterDOM.useLocation();
    const [choice, setChoice] = useState(() => readSyncAddress(search));
    const [isAsking, setAsking] = useState(false);
    const task = kit.useTask("sync", { onEnd: performers.forgetEntities });
    const rules = kit.useLoad("rules", (signal) => ui.operation("rules", {}, { signal }));
    const start = (/** @type {boolean} */ isDry) => (/** @type {any} */ answer) => {
      const args = performers.makeUpdateArgs({ ...choice, ids: choice.chosen.map((/** @type {any} */ one) => one.id), label: choice.chosen.map((/** @type {any} */ one) => one.name).join(", "), isDry });
      return task.start(UPDATE_TASKS[choice.kind], isDry ? args : { ...args, ...answer }, t(isDry ? "sync.previewing" : "sync.running"));
    };
    const isOff = task.isActive || !performers.isComplete(choice);
    return h(
      React.Fragment,
      null,
      h("p", null, t("sync.text")),
      choice.kind === "scene" && h("p", { className: "text-muted" }, t("sync.scene.text")),
      rules.error && h(kit.ErrorBox, { error: rules.error, onRetry: rules.reload }),
      h(SyncForm, { choice, onChange: (part) => setChoice({ ...choice, ...part }), sources: rules.data ? rules.data.sources : [] }),
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { variant: "primary", icon: "faEye", disabled: isOff, onClick: start(true) }, t("sync.preview")),
        h(kit.ActionButton, { icon: "faSync", disabled: isOff, onClick: () => setAsking(true) }, t("sync.run")),
      ),
      h(kit.TaskProgress, { task, words: "sum" }, h(TaskOutcome, { task })),
      !task.isKnown && h(WaitingPreview, { key: choice.kind, kind: choice.kind }),
      isAsking && h(RunDialog, { choice, onStart: start(false), onClose: () => setAsking(false) }),
    );
  }

  Object.assign(performers, { TaskOutcome, SyncTab });
})();
