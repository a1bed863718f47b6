// Whisparr's status of each scene on the cards; nothing where Whisparr is not set up.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useCallback, useEffect, useRef, useState } = React;
  const STATUS_POLL_SECONDS = 20;
  const STATUS_BATCH = 20;
  const LEVELS = /** @type {Record<string, string>} */ ({ downloaded: "success", downloading: "info", queued: "info", stalled: "danger", waiting: "secondary" });

  /**
   * Ask for the statuses of scenes and pass each answer to `onPart`. Without an entity Whisparr is asked scene by scene, so a call
   * takes only a few scenes.
   * @param {StashBundle.Ui} ui
   * @param {any} args
   * @param {string[]} ids
   * @param {(part: any) => boolean} onPart returns false to stop
   */
  async function askStatuses(ui, args, ids, onPart) {
    const size = args.entity_type ? ids.length : STATUS_BATCH;
    for (let start = 0; start < ids.length; start += size) {
      const part = await ui.operation("whisparr_status", { ...args, scene_ids: ids.slice(start, start + size) });
      if (!onPart(part) || part.state !== "ok") return;
    }
  }

  /**
   * Return the statuses of the shown scenes. Scenes that Whisparr has are asked about again while the page is visible.
   * @param {StashBundle.Ui} ui
   * @param {string} endpoint
   * @param {string[]} sceneIds
   * @param {string} question entity_type and stash_ids, when the list belongs to one entity
   */
  function useWhisparrStatuses(ui, endpoint, sceneIds, question) {
    const [answer, setAnswer] = useState(/** @type {any} */ (null));
    const movieIds = useRef(/** @type {Record<string, unknown>} */ ({}));
    const isMounted = kit.useIsMounted();
    const key = sceneIds.join(" ");
    const isOff = Boolean(answer) && answer.state !== "ok" && answer.state !== "failed";
    const ask = useCallback(
      async (/** @type {boolean} */ isRefresh = false) => {
        const all = key.split(" ").filter(Boolean);
        const ids = isRefresh ? missing.listKnownIds(all, movieIds.current) : all;
        if (!endpoint || !ids.length) return;
        const take = (/** @type {any} */ part) => {
          if (!isMounted.current) return false;
          Object.assign(movieIds.current, part.movie_ids);
          setAnswer((/** @type {any} */ old) => ({ ...part, statuses: { ...(old && old.statuses), ...part.statuses } }));
          return true;
        };
        try {
          await askStatuses(ui, { endpoint, ...JSON.parse(question), ...(isRefresh ? { known: movieIds.current } : {}) }, ids, take);
        } catch (error) {
          if (isMounted.current) setAnswer({ state: "failed", message: kit.asKitError(error).message, statuses: {} });
        }
      },
      [ui, endpoint, key, question, isMounted],
    );
    useEffect(() => void ask(), [ask]);
    useEffect(() => (isOff ? undefined : kit.clock.every(STATUS_POLL_SECONDS, () => void ask(true))), [ask, isOff]);
    const note = useCallback((/** @type {string} */ id, /** @type {any} */ status) => {
      if (status.movie_id) movieIds.current[missing.makeNumberKey(id, status)] = status.movie_id;
      setAnswer((/** @type {any} */ old) => ({ ...old, statuses: { ...(old && old.statuses), [id]: status } }));
    }, []);
    return { answer, note, ask: useCallback(() => void ask(), [ask]) };
  }

  /** Return Whisparr's statuses for a grid, and the scenes that can be added. @param {any} box @param {any} entity @param {any[]} scenes @param {string[]} ids */
  function useGridStatuses(box, entity, scenes, ids) {
    const ui = kit.useUi();
    const question = JSON.stringify(missing.makeEntityArgs(entity, scenes));
    const { answer: whisparr, ask, note } = useWhisparrStatuses(ui, box.has_whisparr ? box.endpoint : "", ids, question);
    const statusOf = (/** @type {string} */ id) => (whisparr && whisparr.state === "ok" ? whisparr.statuses[id] : null);
    const addable = scenes.filter((/** @type {any} */ one) => !one.owned && (statusOf(one.id) || {}).can_add);
    const isUsed = box.has_whisparr && !(whisparr && ["off", "unsupported"].includes(whisparr.state));
    return { whisparr, ask, note, statusOf, addable, isUsed, unasked: isUsed && whisparr ? missing.countUnasked(whisparr, ids) : 0 };
  }

  /** Show Whisparr's status of a scene; nothing if Whisparr does not have it. @param {{status: any}} props */
  function StatusBadge({ status }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    if (!status || (status.kind === "none" && !status.is_excluded)) return null;
    if (status.is_excluded) return h("span", { className: "ms-status" }, h(Bootstrap.Badge, { variant: "warning" }, t("whisparr.excluded")));
    const detail = missing.formatMoments(status.detail || "", (/** @type {string} */ moment) => kit.formatMoment(moment, locale));
    return h(
      "span",
      { className: "ms-status" },
      h(Bootstrap.Badge, { variant: LEVELS[status.kind] || "secondary", title: detail || undefined }, `${status.text}${missing.formatPercent(status)}`),
      status.whisparr_name && h("small", { className: "text-muted" }, status.whisparr_name),
      detail && h("small", { className: "text-muted" }, detail),
    );
  }

  /** Show why Whisparr's statuses are missing; nothing if Whisparr is not set up. @param {{answer: any, onRetry: () => void}} props */
  function WhisparrNotice({ answer, onRetry }) {
    const t = kit.useText();
    if (!answer || answer.state === "off" || (answer.state === "ok" && !answer.message)) return null;
    if (answer.state === "unsupported") return h("p", { className: "text-muted small" }, answer.message);
    return h(
      kit.Notice,
      { level: "warning", title: t("whisparr.failed") },
      answer.message,
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", onClick: onRetry }, t("action.retry"))),
    );
  }

  Object.assign(missing, { useGridStatuses, StatusBadge, WhisparrNotice });
})();
