// Whisparr on the cards: what it does with each scene, and adding one, some or all. Nothing of it shows when it is not set up.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useCallback, useEffect, useRef, useState } = React;
  const ASK_EVERY = 20;
  const AT_ONCE = 20;
  const LEVELS = /** @type {Record<string, string>} */ ({ downloaded: "success", downloading: "info", queued: "info", stalled: "danger", waiting: "secondary" });

  /**
   * The statuses of these scenes. Without an entity Whisparr is asked scene by scene, so a call takes a few at a time.
   * @param {StashBundle.Ui} ui
   * @param {any} args
   * @param {string[]} ids
   * @param {(part: any) => void} onPart
   */
  async function askStatuses(ui, args, ids, onPart) {
    const size = args.entity_type ? ids.length : AT_ONCE;
    for (let start = 0; start < ids.length; start += size) {
      const part = await ui.operation("whisparr_status", { ...args, scene_ids: ids.slice(start, start + size) });
      onPart(part);
      if (part.state !== "ok") return;
    }
  }

  /**
   * The statuses of the scenes shown. Those that are in Whisparr are asked about again while the page is visible.
   * @param {StashBundle.Ui} ui
   * @param {string} endpoint
   * @param {string[]} sceneIds
   * @param {string} question entity_type and stash_ids, when the list belongs to one entity
   */
  function useWhisparr(ui, endpoint, sceneIds, question) {
    const [answer, setAnswer] = useState(/** @type {any} */ (null));
    const movieIds = useRef(/** @type {Record<string, unknown>} */ ({}));
    const key = sceneIds.join(" ");
    const isOff = Boolean(answer) && answer.state !== "ok" && answer.state !== "failed";
    const ask = useCallback(
      async (/** @type {boolean} */ isRefresh = false) => {
        const ids = key.split(" ").filter((id) => id && (!isRefresh || movieIds.current[id]));
        if (!endpoint || !ids.length) return;
        const take = (/** @type {any} */ part) => {
          Object.assign(movieIds.current, part.movie_ids);
          setAnswer((/** @type {any} */ old) => ({ ...part, statuses: { ...(old && old.statuses), ...part.statuses } }));
        };
        try {
          await askStatuses(ui, { endpoint, known: movieIds.current, ...JSON.parse(question) }, ids, take);
        } catch (error) {
          setAnswer({ state: "failed", message: kit.asKitError(error).message, statuses: {} });
        }
      },
      [ui, endpoint, key, question],
    );
    useEffect(() => void ask(), [ask]);
    useEffect(() => (isOff ? undefined : kit.clock.every(ASK_EVERY, () => void ask(true))), [ask, isOff]);
    return { answer, ask: useCallback(() => void ask(), [ask]) };
  }

  /** @param {{status: any}} props */
  function StatusBadge({ status }) {
    if (!status || status.kind === "none") return null;
    const percent = status.kind === "downloading" && status.percent !== null ? ` ${Math.round(status.percent)} %` : "";
    return h(
      "span",
      { className: "ms-status" },
      h(Bootstrap.Badge, { variant: LEVELS[status.kind] || "secondary", title: status.detail || undefined }, `${status.text}${percent}`),
      status.detail && h("small", { className: "text-muted" }, status.detail),
    );
  }

  /** @param {{scene: any, endpoint: string, onAdded: () => void}} props */
  function AddButton({ scene, endpoint, onAdded }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const add = async () => {
      const added = await ui.operation("whisparr_add", { endpoint, scene: { id: scene.id, title: scene.title } });
      if (added.is_excluded) kit.toast.warning(added.message);
      else kit.toast.success(added.message);
      onAdded();
    };
    return h(kit.ActionButton, { size: "sm", icon: "faDownload", onClick: add, title: t("whisparr.add.title") }, t("whisparr.add"));
  }

  /**
   * Asks with the number before many scenes are added; then a task adds them, one line per failure in History.
   * @param {{endpoint: string, scenes: any[], task: StashBundle.TaskState, onClose: () => void}} props
   */
  function AddDialog({ endpoint, scenes, task, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const rows = scenes.map((scene) => ({ id: scene.id, title: scene.title }));
    const plan = kit.useLoad(`plan:${rows.map((row) => row.id).join()}`, (signal) => ui.operation("whisparr_plan", { endpoint, scenes: rows }, { signal }));
    const apply = async () => {
      const done = await ui.operation("plan_apply", { plan_id: plan.data.plan_id });
      if (done.job_id) task.adopt({ jobId: done.job_id, runToken: done.run_token, title: t("whisparr.adding") });
      else kit.toast.success(t("whisparr.added", { count: done.run.totals.changed }));
    };
    return h(
      kit.ConfirmDialog,
      { title: t("whisparr.add_all.title", { count: rows.length }), confirmText: t("whisparr.add_all.confirm", { count: plan.data ? plan.data.count : rows.length }), canConfirm: Boolean(plan.data && plan.data.count), onConfirm: apply, onClose },
      plan.isLoading && h(kit.Loading),
      plan.error && h(kit.ErrorBox, { error: plan.error, onRetry: plan.reload }),
      plan.data && h("p", null, t("whisparr.add_all.text", { count: plan.data.count, folder: plan.data.whisparr.root_folder, profile: plan.data.whisparr.profile })),
    );
  }

  /** Why Whisparr cannot help here; nothing when it is simply not used. @param {{answer: any, onRetry: () => void}} props */
  function WhisparrNotice({ answer, onRetry }) {
    const t = kit.useText();
    if (!answer || answer.state === "ok" || answer.state === "off") return null;
    if (answer.state === "unsupported") return h("p", { className: "text-muted small" }, answer.message);
    return h(
      kit.Notice,
      { level: "warning", title: t("whisparr.failed") },
      answer.message,
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", onClick: onRetry }, t("action.retry"))),
    );
  }

  Object.assign(missing, { useWhisparr, StatusBadge, AddButton, AddDialog, WhisparrNotice });
})();
