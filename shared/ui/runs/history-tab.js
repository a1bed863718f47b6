// The History tab: the list of runs, or the run that the address names.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const RUN_PAGE_SIZE = 20;
  const KEEPS = { keeps: true };

  /** @param {{run: StashBundle.Run}} props */
  function RunResult({ run }) {
    const t = kit.useText();
    const undone = kit.useUndone(run);
    return h(
      React.Fragment,
      null,
      h(Bootstrap.Badge, { variant: undone ? "secondary" : kit.chooseLevel(run.state), className: "mr-2" }, t(`task.phase.${undone || run.state}`)),
      run.dry_run && h(Bootstrap.Badge, { variant: "secondary", className: "mr-2" }, t("history.dry_run")),
      h(kit.Totals, { totals: run.totals, changes: run.changes }),
      run.message && h("div", { className: "text-muted small" }, run.message),
      h(kit.RunProblems, { run }),
    );
  }

  /** Show the button that undoes a run of the list after a preview; nothing if it has nothing to undo. @param {{run: StashBundle.Run, onUndo: (run: StashBundle.Run) => void}} props */
  function UndoCell({ run, onUndo }) {
    const t = kit.useText();
    const undone = kit.useUndone(run);
    if (!run.undoable || undone === "undone") return null;
    return h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": `${t("undo.row")}: ${run.title}`, onClick: () => onUndo(run) }, h(kit.Icon, { name: "faRotateLeft" }), h("span", null, t("undo.row")));
  }

  /** Return the columns of the list of runs. @param {StashBundle.Translate} t @param {string} locale @param {(run: StashBundle.Run) => void} onOpen @param {(run: StashBundle.Run) => void} onUndo @returns {StashBundle.Column[]} */
  function makeRunColumns(t, locale, onOpen, onUndo) {
    const title = (/** @type {any} */ run) => h(Bootstrap.Button, { variant: "link", className: "p-0 text-left", "aria-label": t("history.open", { title: run.title }), onClick: () => onOpen(run) }, run.title);
    return [
      { key: "title", title: t("history.what"), render: title },
      { key: "started_at", title: t("history.when"), className: "sbk-whole", render: (/** @type {any} */ run) => kit.formatMoment(run.started_at, locale) },
      { key: "result", title: t("history.result"), render: (/** @type {any} */ run) => h(RunResult, { run }) },
      { key: "undo", title: "", render: (/** @type {any} */ run) => h(UndoCell, { run, onUndo }) },
    ];
  }

  /** Show the runs, newest first. @param {{onOpen: (run: StashBundle.Run) => void, onQueued: (handle: any) => void}} props */
  function RunList({ onOpen, onQueued }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const [undoing, setUndoing] = useState(/** @type {StashBundle.Run | null} */ (null));
    const list = kit.useLoad(`runs:${page}`, (signal) => ui.operation("history_list", { page, page_size: RUN_PAGE_SIZE }, { signal }), KEEPS);
    if (list.error || !list.data) return h(kit.Pending, { load: list, shape: "table" });
    const columns = makeRunColumns(t, locale, onOpen, setUndoing);
    const empty = h(kit.Empty, { icon: "faClockRotateLeft", title: t("history.empty"), text: t("history.empty.text") });
    return h(
      React.Fragment,
      null,
      h(kit.Table, { caption: t("page.history"), columns, rows: list.data.runs, keyOf: (/** @type {any} */ run) => run.id, empty, isBusy: list.isLoading }),
      h(kit.Pager, { page, size: RUN_PAGE_SIZE, total: list.data.count, onPage: setPage }),
      undoing && h(kit.UndoDialog, { runId: undoing.id, onClose: () => setUndoing(null), onDone: list.reload, onQueued }),
    );
  }

  /** Show the search, the day, and the choice between runs and items. @param {{asked: any, go: (query: Record<string, string>) => void}} props `asked`: what the address says */
  function HistoryToolbar({ asked, go }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const id = `sbk-${ui.id}-history`;
    const change = (/** @type {Record<string, string>} */ part) => go(Object.fromEntries(Object.entries({ ...asked, ...part }).filter(([, value]) => value)));
    const views = [
      { value: "runs", label: t("history.view.runs") },
      { value: "items", label: t("history.view.items") },
    ];
    return h(
      "div",
      { className: "sbk-filters" },
      h(kit.Field, { id, label: t("history.search"), type: "search", value: asked.text, onChange: (/** @type {string} */ text) => change({ text: text.trim() }) }),
      h(kit.Field, { id: `${id}-day`, label: t("history.day"), type: "date", value: asked.day, onChange: (/** @type {string} */ day) => change({ day }) }),
      h(kit.Picker, { id: `${id}-view`, label: t("history.view"), value: asked.text || asked.day ? "items" : asked.view || ui.history, choices: views, onChange: (/** @type {string} */ view) => go({ view }) }),
    );
  }

  /** Show the History tab; the address names the open run, so that the browser's Back button works. */
  function HistoryPanel() {
    const ui = kit.useUi();
    const history = ReactRouterDOM.useHistory();
    const location = ReactRouterDOM.useLocation();
    const task = kit.useUndoTask("undo", () => undefined);
    const search = new URLSearchParams(location.search);
    const runId = search.get("run");
    const asked = { text: search.get("text") || "", day: search.get("day") || "", view: search.get("view") || "" };
    const { text, day } = asked;
    const isItems = Boolean(text || day) || (asked.view || ui.history) === "items";
    const go = (/** @type {Record<string, string>} */ query) => history.push({ pathname: location.pathname, search: `?${new URLSearchParams(query)}` });
    const open = (/** @type {{id: string}} */ run, label = "") => go({ run: run.id, ...(label ? { text: label } : {}) });
    const back = () => history.push({ pathname: location.pathname });
    const list = isItems ? h(kit.FoundItems, { key: `${text} ${day} ${task.isActive}`, text, day, onOpen: open }) : h(RunList, { key: String(task.isActive), onOpen: open, onQueued: task.adopt });
    return h(
      React.Fragment,
      null,
      h(kit.TaskProgress, { task }),
      runId ? h(kit.RunDetail, { key: `${runId} ${text}`, runId, text, isUndoing: task.isActive, onBack: back, onQueued: task.adopt }) : h(React.Fragment, null, h(HistoryToolbar, { asked, go }), list),
    );
  }

  Object.assign(kit, { HistoryPanel });
})();
