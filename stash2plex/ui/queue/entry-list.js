// The entries of the queue in one state: retry or remove the selected ones, or all with one reason.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useState } = React;
  const PAGE_SIZE = 25;
  // Reasons that a person solves on the Matches tab.
  const ABOUT_MATCHES = ["not_in_plex", "ambiguous", "shared", "unlinked"];

  /** @param {StashBundle.Translate} t @param {string} locale */
  function makeColumns(t, locale) {
    return [
      { key: "label", title: t("queue.scene"), render: (/** @type {any} */ row) => h(plexSync.SceneName, { id: row.scene_id, label: row.label, isDeleted: row.is_deleted }) },
      {
        key: "reason",
        title: t("queue.reason"),
        className: "sbk-value",
        render: (/** @type {any} */ row) =>
          h(
            React.Fragment,
            null,
            row.reason && h("div", null, plexSync.nameReason(row.reason, t)),
            row.message && h("div", { className: "text-muted small" }, row.message),
            ABOUT_MATCHES.includes(row.reason) && h(plexSync.MatchLink, { label: row.label }),
            !row.reason && !row.message && t("queue.no_reason"),
          ),
      },
      { key: "attempts", title: t("queue.attempts") },
      { key: "due", title: t("queue.due"), render: (/** @type {any} */ row) => (row.state === "waiting" && h(kit.FromNow, { moment: row.due })) || kit.formatMoment(row.changed, locale) },
    ];
  }

  /** @param {{state: string, reason: string, count: number, keys?: string[], onConfirm: () => unknown, onClose: () => void}} props */
  function ClearDialog({ state, count, onConfirm, onClose }) {
    const t = kit.useText();
    return h(
      kit.ConfirmDialog,
      { title: t("clear.title", { count }), confirmText: t("clear.confirm", { count }), isDanger: true, onConfirm, onClose },
      h("p", null, t(`clear.text.${state}`)),
      h("p", { className: "text-muted" }, t("clear.hint")),
    );
  }

  /** @param {{live: any, state: string, reason: string, count: number, onReason: (reason: string) => void, onDone: () => void}} props */
  function EntryBar({ live, state, reason, count, onReason, onDone }) {
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    const which = reason ? { state, reason } : { state };
    const retry = async () => {
      const answer = await live.act("queue_retry", which);
      kit.toast.success(t("retry.done", { count: answer.count }));
      onDone();
    };
    const remove = async () => {
      const answer = await live.act("queue_remove", which);
      kit.toast.success(t("clear.done", { count: answer.count }));
      onDone();
    };
    const reasons = plexSync.listReasons(live.status.queue, state);
    const choices = [{ value: "", label: t("queue.all_reasons") }, ...reasons.map((/** @type {any} */ each) => ({ value: each.reason, label: `${plexSync.nameReason(each.reason, t)} (${each.n})` }))];
    return h(
      "div",
      { className: "s2p-bar" },
      (reasons.length > 0 || reason) && h(kit.Picker, { id: "s2p-reason", label: t("queue.reason"), value: reason, choices, onChange: onReason }),
      plexSync.HANDLED.includes(state) && count > 0 && h(kit.ActionButton, { size: "sm", icon: "faSync", onClick: retry }, t(reason ? "retry.class" : "retry.all", { count })),
      plexSync.HANDLED.includes(state) && count > 0 && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => setAsking(true) }, t("clear.open")),
      isAsking && h(ClearDialog, { state, reason, count, onConfirm: remove, onClose: () => setAsking(false) }),
    );
  }

  /** @param {{live: any, state: string, selection: StashBundle.Selection, onDone: () => void}} props */
  function EntryActions({ live, state, selection, onDone }) {
    const t = kit.useText();
    const keys = [...selection.selected];
    const act = (/** @type {string} */ operation, /** @type {string} */ text) => async () => {
      const { count } = await live.act(operation, { state, keys });
      kit.toast.success(t(text, { count }));
      selection.clear();
      onDone();
    };
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", icon: "faSync", onClick: act("queue_retry", "retry.done") }, t("retry.selected")),
      h(kit.ActionButton, { size: "sm", icon: "faForward", onClick: act("queue_remove", "skip.done") }, t("skip.selected")),
    );
  }

  /** Show the queue entries of one state with their actions. @param {{live: any, state: string}} props */
  function EntryList({ live, state }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const [asked, setAsked] = useState("");
    // The last entry with the shown reason may go meanwhile.
    const reason = plexSync.keepReason(live.status.queue, state, asked);
    const query = { state, page, page_size: PAGE_SIZE, ...(reason ? { reason } : {}) };
    const list = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("queue_list", query, { signal }));
    const { entries = [], count = 0 } = list.data || {};
    const selection = kit.useSelection(entries.map((/** @type {any} */ row) => row.key));
    const { done, next_due: due, working } = live.status.queue;
    const counted = `${live.status.queue[state]}:${done}:${due}:${working}`;
    const { reload } = list;
    useEffect(() => reload(), [counted, reload]);
    // A list that was read between two readings of the status may have missed a change and its opposite.
    const isBehind = Boolean(list.data) && count !== plexSync.countRows(live.status.queue, state, reason);
    useEffect(() => {
      if (isBehind) reload();
    }, [isBehind, live.status, reload]);
    kit.useLastPage(page, setPage, PAGE_SIZE, list.data ? count : undefined);
    const choose = (/** @type {string} */ value) => {
      setAsked(value);
      setPage(1);
      selection.clear();
    };
    const canAct = plexSync.HANDLED.includes(state);
    if (list.error || !list.data) return h(kit.Pending, { load: list, shape: "table" });
    return h(
      React.Fragment,
      null,
      h(EntryBar, { live, state, reason, count, onReason: choose, onDone: reload }),
      h(kit.Table, {
        caption: t(`queue.${state}`),
        columns: makeColumns(t, locale),
        rows: entries,
        keyOf: (/** @type {any} */ row) => row.key,
        nameOf: (/** @type {any} */ row) => row.label,
        selection: canAct ? selection : undefined,
        actions: h(EntryActions, { live, state, selection, onDone: reload }),
        empty: h("p", { className: "text-muted" }, t(`queue.empty.${state}`)),
      }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: count, onPage: setPage }),
    );
  }

  Object.assign(plexSync, { EntryList });
})();
