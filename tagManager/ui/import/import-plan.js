// A planned import: its counts, its conflicts with ways to solve them, and the plan.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 10;
  const COUNTED = ["create", "link", "parents", "conflict", "linked", "blacklisted"];

  /** How many tags the plan creates, links and leaves out. @param {{answer: any}} props */
  function Counts({ answer }) {
    const t = kit.useText();
    const texts = COUNTED.filter((name) => answer.counted[name] > 0).map((name) => t(`import.count.${name}`, { count: answer.counted[name] }));
    return h(
      React.Fragment,
      null,
      h("p", { role: "status" }, texts.join(" · ")),
      answer.aliases_left_out > 0 && h("p", { className: "text-muted" }, t("import.aliases", { count: answer.aliases_left_out })),
    );
  }

  /** The ways to solve a conflict: compare the tags, go to the local one, never import the box's. @param {{row: any, onCompare: () => void, onIgnored: () => void}} props */
  function ConflictButtons({ row, onCompare, onIgnored }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const ignore = async () => {
      await ui.operation("blacklist_add", { names: [row.name] });
      kit.toast.success(t("import.conflict.ignored", { name: row.name }));
      onIgnored();
    };
    return h(
      "div",
      { className: "tm-buttons" },
      row.holder && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: onCompare }, t("import.conflict.compare", { name: row.holder.name })),
      row.holder && h(ReactRouterDOM.Link, { to: `/tags/${row.holder.id}`, target: "_blank", rel: "noopener", className: "btn btn-secondary btn-sm" }, t("import.conflict.open", { name: row.holder.name })),
      h(kit.ActionButton, { size: "sm", onClick: ignore }, t("import.conflict.ignore")),
    );
  }

  /** The conflicts of the import, each with buttons that solve it. @param {{conflicts: any[], endpoint: string, box: string}} props */
  function ImportConflicts({ conflicts, endpoint, box }) {
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [solved, setSolved] = useState(/** @type {string[]} */ ([]));
    const [open, setOpen] = useState(/** @type {any} */ (null));
    const rows = conflicts.filter((one) => !solved.includes(one.remote_id));
    const solve = (/** @type {any} */ row) => setSolved([...solved, row.remote_id]);
    const columns = [
      { key: "name", title: t("import.conflict.tag") },
      { key: "message", title: t("import.conflict.why") },
      { key: "solve", title: "", render: (/** @type {any} */ row) => h(ConflictButtons, { row, onCompare: () => setOpen(row), onIgnored: () => solve(row) }) },
    ];
    if (!rows.length) return null;
    const at = Math.min(page, Math.ceil(rows.length / PAGE_SIZE));
    const shown = rows.slice((at - 1) * PAGE_SIZE, at * PAGE_SIZE);
    const remote = open && { endpoint, id: open.remote_id, name: open.name };
    const done = () => (solve(open), setOpen(null));
    return h(
      "section",
      { "aria-label": t("import.conflicts") },
      h("h2", { className: "h5" }, t("import.conflicts")),
      h("p", { className: "text-muted" }, t("import.conflicts.text")),
      h(kit.Table, { caption: t("import.conflicts"), columns, rows: shown, keyOf: (/** @type {any} */ row) => row.remote_id }),
      h(kit.Pager, { page: at, size: PAGE_SIZE, total: rows.length, onPage: setPage }),
      open && h(tagging.MergeDialog, { tagId: open.holder.id, remote, box, onClose: () => setOpen(null), onDone: done }),
    );
  }

  /** The whole planned import, also shown by the Not matched tab. @param {{answer: any, endpoint: string, box: string, onApplied?: () => void}} props */
  function ImportPlan({ answer, endpoint, box, onApplied = () => undefined }) {
    const t = kit.useText();
    const applied = () => (tagging.forgetPages(), onApplied());
    const { create, link, parents } = answer.counted;
    const nothing = !answer.conflicts.length && h(kit.Empty, { icon: "faCheck", title: t("import.nothing") });
    return h(
      React.Fragment,
      null,
      h(Counts, { answer }),
      h(ImportConflicts, { conflicts: answer.conflicts, endpoint, box }),
      create + link + parents > 0 ? h(React.Fragment, null, h("h2", { className: "h5" }, t("import.plan")), h(kit.PlanPanel, { planId: String(answer.plan_id), onApplied: applied })) : nothing,
    );
  }

  Object.assign(tagging, { ImportPlan });
})();
