// The changes of one run, with undo for all or for the selected ones.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const CHANGE_PAGE_SIZE = 50;
  const KEEPS = { keeps: true };
  const OUTCOMES = ["changed", "conflict", "failed", "skipped", "undone"];

  /** @param {{value: string, onChange: (value: string) => void}} props */
  function OutcomeFilter({ value, onChange }) {
    const t = kit.useText();
    return h(
      Bootstrap.Form.Control,
      {
        as: "select",
        className: "input-control sbk-filter",
        "aria-label": t("history.filter"),
        value,
        onChange: (/** @type {any} */ event) => onChange(event.currentTarget.value),
      },
      h("option", { value: "" }, t("history.filter.all")),
      OUTCOMES.map((outcome) => h("option", { key: outcome, value: outcome }, t(`outcome.${outcome}`))),
    );
  }

  /** Show the changes of one run, page by page. @param {{runId: string, text?: string, isUndoing: boolean, onBack: () => void, onQueued: (handle: any) => void}} props text: shows only items with it in their name */
  function RunDetail({ runId, text = "", isUndoing, onBack, onQueued }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [outcome, setOutcome] = useState("");
    const [undoing, setUndoing] = useState(/** @type {null | {only?: string[]}} */ (null));
    const query = { run_id: runId, page, page_size: CHANGE_PAGE_SIZE, ...(outcome ? { outcome } : {}), ...(text ? { text } : {}) };
    const list = kit.useLoad(JSON.stringify({ ...query, isUndoing }), (signal) => ui.operation("history_changes", query, { signal }), KEEPS);
    const changes = list.data ? list.data.changes : [];
    const selection = kit.useSelection(changes.filter((/** @type {any} */ one) => one.undoable).map((/** @type {any} */ one) => String(one.id)));
    const chosen = [...selection.selected];
    const undo = (/** @type {string[]} */ only) => setUndoing(only.length ? { only } : {});
    const finish = () => {
      selection.clear();
      list.reload();
    };
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(Bootstrap.Button, { variant: "secondary", onClick: onBack }, h(kit.Icon, { name: "faArrowLeft" }), h("span", null, t("history.back"))),
        h(OutcomeFilter, { value: outcome, onChange: (value) => (setPage(1), setOutcome(value)) }),
        h(Bootstrap.Button, { variant: "secondary", onClick: () => undo([]) }, h(kit.Icon, { name: "faRotateLeft" }), h("span", null, t("undo.run"))),
      ),
      (list.error || !list.data) && h(kit.Pending, { load: list, shape: "table" }),
      list.data &&
        h(kit.ChangeTable, {
          changes,
          caption: t("page.history"),
          selection,
          canSelect: (/** @type {any} */ one) => one.undoable,
          isBusy: list.isLoading,
          actions: h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => undo(chosen) }, t("undo.some", { count: chosen.length })),
        }),
      list.data && h(kit.Pager, { page, size: CHANGE_PAGE_SIZE, total: list.data.count, onPage: setPage }),
      undoing && h(kit.UndoDialog, { runId, only: undoing.only, onClose: () => setUndoing(null), onDone: finish, onQueued }),
    );
  }

  Object.assign(kit, { RunDetail });
})();
