// The search of the History tab: the items of all runs with a text in their name.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const KEEPS = { keeps: true };

  /** Show what was written to the items with this text in their name, newest first. @param {{text: string, onOpen: (run: {id: string}, text: string) => void}} props */
  function FoundItems({ text, onOpen }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const query = { text, page, page_size: PAGE_SIZE };
    const list = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("history_search", query, { signal }), KEEPS);
    if (list.error || !list.data) return h(kit.Pending, { load: list });
    const name = (/** @type {any} */ row) => (/** @type {string} */ field) => ui.describe(/** @type {any} */ ({ item: row.item, field, action: "set" }), t).field || field;
    const columns = [
      {
        key: "item",
        title: t("history.item"),
        className: "sbk-value",
        render: (/** @type {any} */ row) =>
          h(Bootstrap.Button, { variant: "link", className: "p-0 text-left", "aria-label": `${row.item.label}: ${t("history.open", { title: row.title })}`, onClick: () => onOpen({ id: row.run_id }, row.item.label) }, row.item.label),
      },
      { key: "fields", title: t("history.field"), render: (/** @type {any} */ row) => row.fields.map(name(row)).join(", ") },
      { key: "title", title: t("history.what") },
      { key: "started_at", title: t("history.when"), render: (/** @type {any} */ row) => kit.formatMoment(row.started_at, locale) },
    ];
    return h(
      React.Fragment,
      null,
      h(kit.Table, { caption: t("history.found"), columns, rows: list.data.items, keyOf: (/** @type {any} */ row) => row.id, empty: h(kit.Empty, { icon: "faClockRotateLeft", title: t("history.not_found") }), isBusy: list.isLoading }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: list.data.count, onPage: setPage }),
    );
  }

  Object.assign(kit, { FoundItems });
})();
