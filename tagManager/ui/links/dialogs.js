// Dialogs of the Links tab: searching a box's tags, and previewing a plan; and the bar with Undo.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useState } = React;
  const PAGE_SIZE = 10;

  /** Searches a box's tags for one to link; linking or comparing closes the dialog. @param {{tag: any, tools: any, onClose: () => void}} props */
  function SearchDialog({ tag, tools, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [text, setText] = useState(tag.name);
    const [page, setPage] = useState(1);
    const args = { endpoint: tools.box.endpoint, text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("remote_search", args, { signal }), { keeps: true });
    const closingTools = { ...tools, report: (/** @type {any[]} */ ...results) => (onClose(), tools.report(...results)), compare: (/** @type {any} */ one, /** @type {any} */ remote) => (onClose(), tools.compare(one, remote)) };
    const columns = [
      { key: "name", title: tools.box.name, render: (/** @type {any} */ row) => h(tagging.RemoteName, { remote: row }) },
      { key: "aliases", title: t("merge.aliases"), render: (/** @type {any} */ row) => row.aliases.join(", ") },
      { key: "linked_to", title: t("search.linked_to"), render: (/** @type {any} */ row) => row.linked_to.map((/** @type {any} */ one) => one.name).join(", ") },
      { key: "link", title: "", render: (/** @type {any} */ row) => h("div", { className: "tm-buttons" }, h(tagging.LinkButtons, { tag, remote: row, tools: closingTools })) },
    ];
    const isFetched = Boolean(tools.box.fetched_at);
    const empty = h(kit.Empty, isFetched ? { title: t("search.none"), text: t("search.none.text", { box: tools.box.name }) } : { title: t("tags.never"), text: t("tags.never.text") });
    return h(
      kit.Dialog,
      { title: t("search.title", { name: tag.name, box: tools.box.name }), onClose, size: "xl" },
      h(tagging.Listing, { found, items: "tags", columns, caption: tools.box.name, page, size: PAGE_SIZE, onPage: setPage, text, onText: setText, keyOf: (/** @type {any} */ row) => row.id, empty }),
    );
  }

  /** Previews a plan to select from and apply; `onClose` receives whether it was applied. @param {{title: string, planId: string, children?: any, onClose: (isApplied: boolean) => void}} props */
  function PlanDialog({ title, planId, children, onClose }) {
    const [isApplied, setApplied] = useState(false);
    return h(
      kit.Dialog,
      { title, size: "xl", onClose: () => onClose(isApplied) },
      children,
      h(kit.PlanPanel, { planId: String(planId), onApplied: () => setApplied(true) }),
    );
  }

  /** The last action, with Undo. @param {{done: any, onDismiss: () => void, onUndone: () => void}} props */
  function DoneBar({ done, onDismiss, onUndone }) {
    const t = kit.useText();
    if (!done) return null;
    const { run, takeBack } = done;
    const isGood = !run || run.state === "finished";
    return h(
      kit.Notice,
      { level: isGood ? "success" : "danger", title: isGood ? done.text : t(`task.phase.${run.state}`) },
      run && !isGood && h("div", null, run.message || h(kit.Totals, { totals: run.totals })),
      h(
        "div",
        { className: "sbk-actions" },
        run && h(kit.UndoButton, { key: run.id, run, onDone: onUndone }),
        takeBack && h(kit.ActionButton, { size: "sm", icon: "faRotateLeft", onClick: async () => (await takeBack(), onUndone()) }, t("tags.take_back")),
        h(kit.ActionButton, { size: "sm", onClick: onDismiss }, t("task.dismiss")),
      ),
    );
  }

  Object.assign(tagging, { SearchDialog, PlanDialog, DoneBar });
})();
