// The top of the Queue tab: what the queue does now or what stops it, the buttons for it, and the counters.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Return the time of the next try; a time that has passed reads "at once". @param {string | null} moment @param {StashBundle.Translate} t @param {string} locale */
  function formatNextTry(moment, t, locale) {
    return moment && Date.parse(moment) > Date.now() ? kit.formatFromNow(moment, Date.now(), locale) : t("queue.soon");
  }

  /** Return the times that a sentence about the state may name. @param {any} status @param {StashBundle.Translate} t @param {string} locale */
  function listTimes(status, t, locale) {
    const { paused, down, next_due: due } = status.queue;
    return {
      since: kit.formatMoment((down || paused || {}).since, locale),
      next: formatNextTry(down ? down.probe_at : due, t, locale),
      last: kit.formatMoment(status.last_sync, locale) || t("queue.never"),
    };
  }

  /** Return the other values that a sentence about the state may name. @param {any} status @param {StashBundle.Translate} t */
  function listValues({ queue, behind, waiting_because: because }, t) {
    const [first] = plexSync.listReasons(queue, "waiting");
    return {
      reason: queue.paused ? because || queue.paused.reason : "",
      message: queue.down ? queue.down.message : because || (first ? `${plexSync.nameReason(first.reason, t)}.` : ""),
      job: behind ? behind.description : "",
      count: queue.waiting || queue.dead || queue.parked,
    };
  }

  /** @param {{live: any}} props */
  function SendingProgress({ live }) {
    const t = kit.useText();
    const { status, progress } = live;
    return h(
      React.Fragment,
      null,
      status.current && h("div", null, t("queue.current", { label: status.current.label || `#${status.current.scene_id}` })),
      progress && h("div", null, t("queue.progress", { done: progress.done, total: progress.total })),
      progress && h(kit.ShareBar, { share: progress.percent, label: t("queue.progress.label") }),
    );
  }

  /** Ask which server is right, after another Plex answered at the address. @param {{live: any}} props */
  function ServerQuestion({ live }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    // The dialog is part of the pause, so the status is read again only after the dialog was closed.
    const close = () => {
      setAsking(false);
      void live.refresh();
    };
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", variant: "primary", onClick: () => live.act("server_confirm", { keep: true }) }, t("server.moved")),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => setAsking(true) }, t("server.other")),
      isAsking &&
        h(
          kit.ConfirmDialog,
          { title: t("server.other.title"), confirmText: t("server.other.confirm"), isDanger: true, onConfirm: () => ui.operation("server_confirm", { keep: false }), onClose: close },
          t("server.other.text"),
        ),
    );
  }

  /** The button that sends everything; not while something keeps the queue from sending. @param {{live: any, found: any, sync: any}} props */
  function SyncButton({ live, found, sync }) {
    const t = kit.useText();
    if (found.setup || found.down || live.status.queue.paused) return null;
    return h(kit.ActionButton, { size: "sm", icon: "faSync", variant: "primary", disabled: sync.isActive, onClick: () => sync.start("Sync All Scenes", {}, t("task.sync_all")) }, t("task.sync_all"));
  }

  /** The buttons that pause and resume. @param {{live: any, found: any}} props */
  function PauseButtons({ live, found }) {
    const t = kit.useText();
    const button = (/** @type {string} */ operation, /** @type {string} */ icon, variant = "secondary") =>
      h(kit.ActionButton, { size: "sm", icon, variant, onClick: () => live.act(operation) }, t(`action.${operation}`));
    if (live.status.queue.paused) return button("queue_resume", "faPlay", "primary");
    const retry = found.down && h(kit.ActionButton, { size: "sm", icon: "faSync", variant: "primary", onClick: () => live.act("queue_resume") }, t("action.retry_now"));
    return h(React.Fragment, null, retry, button("queue_pause", "faPause"));
  }

  /** @param {{live: any, found: any, sync: any}} props */
  function StateActions({ live, found, sync }) {
    const t = kit.useText();
    const { paused } = live.status.queue;
    const asks = Boolean(paused) && paused.cause === plexSync.OTHER_SERVER;
    const needsSetup = found.setup || (paused && paused.cause !== "user");
    return h(
      "div",
      { className: "sbk-actions" },
      asks && h(ServerQuestion, { live }),
      h(SyncButton, { live, found, sync }),
      found.paths && h(kit.TabLink, { tab: "paths" }, t("action.paths")),
      !asks && h(PauseButtons, { live, found }),
      needsSetup && h(kit.TabLink, { tab: "setup" }, t(asks ? "action.address" : "action.setup")),
    );
  }

  /** Show what the queue does now, or what stops it, with the actions. @param {{live: any}} props */
  function StatePanel({ live }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { status } = live;
    const sync = kit.useTask("sync-all", { onEnd: () => void live.refresh() });
    const queue = live.isStepping ? { ...status.queue, draining: "this page" } : status.queue;
    const found = plexSync.describeState({ ...status, queue, is_syncing: sync.isActive }, Date.now());
    const values = { ...listValues(status, t), ...listTimes(status, t, locale) };
    return h(
      kit.Notice,
      { level: found.level, title: t(`${found.key}.title`, values) },
      h("div", null, t(`${found.key}.text`, values, "")),
      found.key === "state.working" && h(SendingProgress, { live }),
      found.key === "state.behind" && typeof status.behind.progress === "number" && h(kit.ShareBar, { share: Math.round(status.behind.progress * 100), label: values.job }),
      h(StateActions, { live, found, sync }),
      h(kit.TaskProgress, { task: sync }),
    );
  }

  /** Show the number of entries in each state; a state is a button that lists them. @param {{live: any, state: string, onState: (state: string) => void}} props */
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

  Object.assign(plexSync, { StatePanel, StateTabs });
})();
