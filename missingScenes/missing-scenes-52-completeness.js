// How much of each linked performer and studio is in the library: counted by a task, shown as a table.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const TASK = "Check Completeness";
  const KINDS = ["performer", "studio"];

  /** @param {any} row @param {StashBundle.Translate} t */
  function showShare(row, t) {
    if (row.message) return h("span", { className: "text-muted", title: row.message }, t("completeness.unknown"));
    return h(Bootstrap.ProgressBar, { now: row.share * 100, label: `${Math.floor(row.share * 100)} %`, variant: missing.countMissing(row) ? undefined : "success" });
  }

  /** @param {StashBundle.Translate} t */
  function makeColumns(t) {
    return [
      { key: "name", title: t("completeness.name"), sortable: true, render: (/** @type {any} */ row) => h(ReactRouterDOM.Link, { to: `/${row.kind}s/${row.id}` }, row.name) },
      { key: "box", title: t("filter.box") },
      { key: "owned", title: t("completeness.owned") },
      { key: "missing", title: t("completeness.missing"), sortable: true, render: (/** @type {any} */ row) => missing.countMissing(row) },
      { key: "total", title: t("completeness.total"), sortable: true },
      { key: "share", title: t("completeness.share"), sortable: true, className: "ms-share", render: (/** @type {any} */ row) => showShare(row, t) },
    ];
  }

  /** @param {{found: any, sort: any, onSort: (sort: any) => void}} props */
  function CompletenessTable({ found, sort, onSort }) {
    const t = kit.useText();
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    if (!found.data) return h(kit.Loading);
    if (!found.data.count) return h(kit.Empty, { icon: "faChartPie", title: t("completeness.none"), text: t("completeness.none.text") });
    return h(kit.Table, {
      caption: t("tab.completeness"),
      columns: makeColumns(t),
      rows: found.data.rows,
      keyOf: (/** @type {any} */ row) => `${row.kind} ${row.id} ${row.endpoint}`,
      nameOf: (/** @type {any} */ row) => row.name,
      sort,
      onSort,
    });
  }

  /** @param {{task: StashBundle.TaskState, checkedAt: string | null}} props */
  function CountButton({ task, checkedAt }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const start = () => task.start(TASK, {}, t("completeness.running"));
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", variant: "primary", icon: "faSync", disabled: task.isActive, onClick: start }, t("completeness.check")),
      checkedAt && h("span", { className: "text-muted" }, t("completeness.checked", { moment: kit.formatMoment(checkedAt, locale) })),
    );
  }

  function Completeness() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [kind, setKind] = useState(KINDS[0]);
    const [sort, setSort] = useState({ key: "missing", descending: true });
    const args = { kind, page, page_size: PAGE_SIZE, sort: sort.key, descending: sort.descending };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("list_completeness", args, { signal }));
    const task = kit.useTask("completeness", { onEnd: found.reload });
    const choose = (/** @type {string} */ value) => {
      setKind(value);
      setPage(1);
    };
    const choices = KINDS.map((value) => ({ value, label: t(`completeness.${value}s`) }));
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-filters" },
        h(kit.Picker, { id: "ms-kind", label: t("completeness.kind"), value: kind, choices, onChange: choose }),
        h(CountButton, { task, checkedAt: found.data ? found.data.checked_at : null }),
      ),
      h(kit.TaskProgress, { task }),
      h(CompletenessTable, { found, sort, onSort: setSort }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: found.data ? found.data.count : 0, onPage: setPage }),
    );
  }

  Object.assign(missing, { Completeness });
})();
