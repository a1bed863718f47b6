// The top of the queue: what happens now, why not, and the buttons for it. Lives while the page is open.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useCallback, useEffect, useRef, useState } = React;

  /**
   * The queue's status, asked again while the page is visible; an open page also works on what is due.
   * @returns {{status: any, error: any, progress: any, isStepping: boolean, refresh: () => Promise<void>, act: (name: string, args?: any) => Promise<any>}}
   */
  function useQueue() {
    const ui = kit.useUi();
    const isMounted = kit.useIsMounted();
    const [state, setState] = useState(/** @type {any} */ ({ status: null, error: null, progress: null }));
    const [isStepping, setStepping] = useState(false);
    const busy = useRef({ look: false, step: false });
    const take = useCallback(
      (/** @type {any} */ status) =>
        isMounted.current && setState((/** @type {any} */ old) => ({ status, error: null, progress: plexSync.trackProgress(old.progress, status.queue) })),
      [isMounted],
    );
    const fail = useCallback((/** @type {unknown} */ error) => isMounted.current && setState((/** @type {any} */ old) => ({ ...old, error: kit.asKitError(error) })), [isMounted]);
    const step = useCallback(async () => {
      if (busy.current.step || !isMounted.current) return;
      busy.current.step = true;
      setStepping(true);
      try {
        take((await ui.operation("queue_step")).status);
      } catch (error) {
        fail(error);
      } finally {
        busy.current.step = false;
        if (isMounted.current) setStepping(false);
      }
    }, [ui, take, fail, isMounted]);
    const refresh = useCallback(async () => {
      if (busy.current.look) return;
      busy.current.look = true;
      try {
        const status = await ui.operation("status");
        take(status);
        if (plexSync.shouldStep(status, Date.now())) void step();
      } catch (error) {
        fail(error);
      } finally {
        busy.current.look = false;
      }
    }, [ui, take, fail, step]);
    const pace = plexSync.choosePace(state.status);
    useEffect(() => void refresh(), [refresh]);
    useEffect(() => kit.clock.every(pace, () => void refresh()), [pace, refresh]);
    const act = async (/** @type {string} */ name, args = {}) => {
      const answer = await ui.operation(name, args);
      if (answer && answer.queue) take(answer);
      await refresh();
      return answer;
    };
    return { ...state, isStepping, refresh, act };
  }

  /** A moment to come; one that has passed means at once. @param {string | null} moment @param {StashBundle.Translate} t @param {string} locale */
  function tellNext(moment, t, locale) {
    return moment && Date.parse(moment) > Date.now() ? kit.formatMoment(moment, locale) : t("queue.soon");
  }

  /** Moments a sentence about the state may need. @param {any} status @param {StashBundle.Translate} t @param {string} locale */
  function fillMoments(status, t, locale) {
    const { paused, down, next_due: due } = status.queue;
    return {
      since: kit.formatMoment((down || paused || {}).since, locale),
      next: tellNext(down ? down.probe_at : due, t, locale),
      last: kit.formatMoment(status.last_sync, locale) || t("queue.never"),
    };
  }

  /** Other words it may need. @param {any} status @param {StashBundle.Translate} t */
  function fillWords({ queue, behind, waiting_because: because }, t) {
    const [first] = plexSync.listReasons(queue, "waiting");
    return {
      reason: queue.paused ? queue.paused.reason : "",
      message: queue.down ? queue.down.message : because || (first ? `${plexSync.nameReason(first.reason, t)}.` : ""),
      job: behind ? behind.description : "",
      count: queue.waiting || queue.spooled || queue.dead || queue.parked,
    };
  }

  /** @param {{live: any}} props */
  function Working({ live }) {
    const t = kit.useText();
    const { status, progress } = live;
    return h(
      React.Fragment,
      null,
      status.current && h("div", null, t("queue.current", { label: status.current.label || `#${status.current.scene_id}` })),
      progress && h("div", null, t("queue.progress", { done: progress.done, total: progress.total })),
      progress && h(Bootstrap.ProgressBar, { animated: true, now: progress.percent, label: `${progress.percent}%`, "aria-label": t("queue.progress.label") }),
    );
  }

  /** A Plex with another number answers: which one is right only a person knows. @param {{live: any}} props */
  function ServerQuestion({ live }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    // The question goes away with the pause, so the status is asked again only when its dialog is closed.
    const close = () => {
      setAsking(false);
      void live.refresh();
    };
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", onClick: () => live.act("server_confirm", { keep: true }) }, t("server.moved")),
      h(Bootstrap.Button, { size: "sm", variant: "danger", onClick: () => setAsking(true) }, t("server.other")),
      isAsking &&
        h(
          kit.ConfirmDialog,
          { title: t("server.other.title"), confirmText: t("server.other.confirm"), isDanger: true, onConfirm: () => ui.operation("server_confirm", { keep: false }), onClose: close },
          t("server.other.text"),
        ),
    );
  }

  /** @param {{live: any, found: any}} props */
  function StateActions({ live, found }) {
    const t = kit.useText();
    const { paused } = live.status.queue;
    const isOtherServer = Boolean(paused) && paused.cause === plexSync.OTHER_SERVER;
    const button = (/** @type {string} */ operation, /** @type {string} */ icon, variant = "secondary") =>
      h(kit.ActionButton, { key: operation, size: "sm", icon, variant, onClick: () => live.act(operation) }, t(`action.${operation}`));
    return h(
      "div",
      { className: "sbk-actions" },
      found.setup && h(plexSync.TabLink, { tab: "setup" }, t("action.setup")),
      isOtherServer && h(ServerQuestion, { live }),
      paused ? button("queue_resume", "faPlay", "primary") : button("queue_pause", "faPause"),
      found.down && button("queue_resume", "faSync"),
      paused && paused.cause !== "user" && h(plexSync.TabLink, { tab: "setup" }, t("action.setup")),
    );
  }

  /** @param {{live: any}} props */
  function StatePanel({ live }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { status } = live;
    const queue = live.isStepping ? { ...status.queue, draining: "this page" } : status.queue;
    const found = plexSync.describeState({ ...status, queue }, Date.now());
    const values = { ...fillWords(status, t), ...fillMoments(status, t, locale) };
    return h(
      kit.Notice,
      { level: found.level, title: t(`${found.key}.title`, values) },
      h("div", null, t(`${found.key}.text`, values)),
      found.key === "state.working" && h(Working, { live }),
      found.key === "state.behind" && typeof status.behind.progress === "number" && h(Bootstrap.ProgressBar, { now: status.behind.progress * 100, label: `${Math.round(status.behind.progress * 100)}%`, "aria-label": values.job }),
      h(StateActions, { live, found }),
    );
  }

  /** @param {{live: any, state: string, onState: (state: string) => void}} props */
  function StateTabs({ live, state, onState }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { queue } = live.status;
    const number = (/** @type {number} */ value) => new Intl.NumberFormat(locale).format(value);
    const tab = (/** @type {string} */ name) =>
      h(
        "button",
        { key: name, type: "button", className: `s2p-figure s2p-press ${name === state ? "active" : ""}`, "aria-pressed": name === state, onClick: () => onState(name) },
        h("div", { className: "s2p-number" }, number(queue[name])),
        h("div", { className: "small" }, t(`queue.${name}`)),
      );
    return h("div", { className: "s2p-figures", role: "group", "aria-label": t("queue.states") }, plexSync.STATES.map(tab), h(plexSync.Figure, { label: t("queue.done"), value: number(queue.done) }));
  }

  Object.assign(plexSync, { useQueue, StatePanel, StateTabs });
})();
