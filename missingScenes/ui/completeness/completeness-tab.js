// The Completeness tab: how many scenes of each linked performer and studio are in the library. A task counts them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useCallback, useState } = React;
  const PAGE_SIZE = 25;
  const KINDS = ["performer", "studio"];
  const KEEPS = { keeps: true };

  /** @param {any} row @param {StashBundle.Translate} t */
  function renderShare(row, t) {
    if (row.message) return h("span", { className: "text-warning small" }, row.message);
    if (!row.total) return h("span", { className: "text-muted" }, t("completeness.unknown"));
    const percent = Math.floor(row.share * 100);
    return h(kit.ShareBar, { share: percent, label: row.name, level: missing.countMissing(row) ? "" : "success" });
  }

  /** Show the number of missing scenes as a button that lists them. @param {{row: any, onOpen: (row: any) => void}} props */
  function MissingCount({ row, onOpen }) {
    const t = kit.useText();
    const count = missing.countMissing(row);
    if (!count) return h(React.Fragment, null, count);
    return h(Bootstrap.Button, { variant: "link", className: "p-0", "aria-label": t("completeness.open", { count, name: row.name }), onClick: () => onOpen(row) }, count);
  }

  /** @param {any} row */
  function renderName(row) {
    const link = h(ReactRouterDOM.Link, { to: `/${row.kind}s/${row.id}` }, row.name);
    const picture = h(kit.RemoteImage, { src: row.image, alt: "", className: `ms-face ms-${row.kind}`, fallback: h("span", { className: "ms-face" }) });
    return h("span", { className: "ms-name" }, picture, link, row.favorite && h(kit.Icon, { name: "faHeart", className: "ms-heart" }));
  }

  /** Return the columns; rows that were checked at another time than the last check say when. @param {StashBundle.Translate} t @param {string} locale @param {any} data @param {(row: any) => void} onOpen */
  function makeColumns(t, locale, data, onOpen) {
    const last = kit.formatMoment(data.checked_at, locale);
    const isOlder = data.rows.some((/** @type {any} */ row) => kit.formatMoment(row.checked_at, locale) !== last);
    return [
      { key: "name", title: t("completeness.name"), sortable: true, render: renderName },
      { key: "box", title: t("filter.box") },
      { key: "owned", title: t("completeness.owned") },
      { key: "missing", title: t("completeness.missing"), sortable: true, render: (/** @type {any} */ row) => h(MissingCount, { row, onOpen }) },
      { key: "total", title: t("completeness.total"), sortable: true },
      { key: "share", title: t("completeness.share"), sortable: true, className: "ms-share", render: (/** @type {any} */ row) => renderShare(row, t) },
      ...(isOlder ? [{ key: "checked_at", title: t("completeness.when"), className: "text-muted small", render: (/** @type {any} */ row) => kit.formatMoment(row.checked_at, locale) }] : []),
    ];
  }

  /** @param {{found: any, task: StashBundle.TaskState, sort: any, onSort: (sort: any) => void, onOpen: (row: any) => void}} props */
  function CompletenessTable({ found, task, sort, onSort, onOpen }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "table" });
    if (!found.data.count && found.data.checked_at) return h(kit.Empty, { icon: "faFilter", title: t("completeness.no_match") });
    if (!found.data.count) return h(kit.Empty, { icon: "faChartPie", title: t("completeness.none"), text: t("completeness.none.text") }, h(CountButton, { task, checkedAt: null }));
    return h(kit.Table, {
      caption: t("tab.completeness"),
      columns: makeColumns(t, locale, found.data, onOpen),
      rows: found.data.rows,
      keyOf: (/** @type {any} */ row) => `${row.kind} ${row.id} ${row.endpoint}`,
      nameOf: (/** @type {any} */ row) => row.name,
      sort,
      onSort,
      isBusy: found.isLoading,
    });
  }

  /** @param {{task: StashBundle.TaskState, checkedAt: string | null}} props */
  function CountButton({ task, checkedAt }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const start = () => task.start(missing.COMPLETENESS_TASK, {}, t("completeness.running"));
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", variant: "primary", icon: "faSync", disabled: task.isActive, onClick: start }, t(checkedAt ? "completeness.check" : "completeness.check.first")),
      checkedAt && h("span", { className: "text-muted" }, t("completeness.checked", { moment: kit.formatMoment(checkedAt, locale) })),
    );
  }

  /** Show that a count runs which was not started on this page, for instance from Stash's task list. @param {{data: any, task: StashBundle.TaskState}} props */
  function OtherCountNotice({ data, task }) {
    const t = kit.useText();
    if (!data || !data.running || task.isActive) return null;
    const { progress } = data;
    return h(kit.Notice, { level: "info" }, progress ? t("completeness.elsewhere.progress", progress) : t("completeness.elsewhere"));
  }

  /** Return the filters and order of the table, with the functions that change them. */
  function useCompletenessQuery() {
    const asked = String(new URLSearchParams(ReactRouterDOM.useLocation().search).get("kind"));
    const [query, setQuery] = useState({ kind: KINDS.includes(asked) ? asked : KINDS[0], text: "", favorites: false, page: 1, sort: { key: "missing", descending: true } });
    const change = useCallback((/** @type {any} */ part) => setQuery((old) => ({ ...old, page: 1, ...part })), []);
    return { query, change, search: useCallback((/** @type {string} */ text) => change({ text }), [change]) };
  }

  function CompletenessTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const { query, change, search } = useCompletenessQuery();
    const [opened, setOpened] = useState(/** @type {any} */ (null));
    const { kind, text, favorites, page, sort } = query;
    const args = { kind, text, favorites, page, page_size: PAGE_SIZE, sort: sort.key, descending: sort.descending };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("list_completeness", args, { signal }), KEEPS);
    const task = kit.useTask("completeness", { onEnd: found.reload });
    const close = () => {
      setOpened(null);
      found.reload(); // the backend corrects a row when its list was loaded to the end
    };
    const isNew = Boolean(found.data) && !found.data.checked_at && !found.data.count && !text && !favorites; // then there is nothing to filter
    const choices = KINDS.map((value) => ({ value, label: t(`completeness.${value}s`) }));
    return h(
      React.Fragment,
      null,
      !isNew &&
        h(
          "div",
          { className: "sbk-filters" },
          h(kit.Picker, { id: "ms-kind", label: t("completeness.kind"), value: kind, choices, onChange: (/** @type {string} */ value) => change({ kind: value }) }),
          h(kit.Field, { id: "ms-completeness-text", label: t("completeness.name"), type: "search", value: text, onChange: search }),
          h(kit.Tick, { id: "ms-completeness-favorites", label: t("completeness.favorites"), isOn: favorites, onChange: (/** @type {boolean} */ isOn) => change({ favorites: isOn }) }),
          h(CountButton, { task, checkedAt: found.data ? found.data.checked_at : null }),
        ),
      h(kit.TaskProgress, { task }),
      h(OtherCountNotice, { data: found.data, task }),
      h(CompletenessTable, { found, task, sort, onSort: (/** @type {any} */ next) => change({ sort: next }), onOpen: setOpened }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: found.data ? found.data.count : 0, onPage: (/** @type {number} */ number) => change({ page: number }) }),
      h(missing.CustomFieldsSection),
      opened && h(missing.EntityDialog, { entity: { kind: opened.kind, id: opened.id }, endpoint: opened.endpoint, onClose: close }),
    );
  }

  Object.assign(missing, { CompletenessTab });
})();
