// The items of all runs in the History tab, by day; a search narrows them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 50;
  const KEEPS = { keeps: true };

  /** Show the name of an item, and the button that opens its changes. @param {{row: any, onOpen: (run: {id: string}, text: string) => void}} props */
  function ItemName({ row, onOpen }) {
    const { itemName } = kit.useUi();
    const t = kit.useText();
    const open = (/** @type {any} */ text) => h(Bootstrap.Button, { variant: "link", className: "p-0 text-left", "aria-label": `${text}: ${row.item.label}, ${row.title}`, onClick: () => onOpen({ id: row.run_id }, row.item.label) }, text);
    return itemName ? h(itemName, { row }, open(t("history.changes"))) : open(row.item.label);
  }

  /** Show the items of one day. @param {{day: string, rows: any[], isBusy: boolean, onOpen: (run: {id: string}, text: string) => void}} props */
  function DayItems({ day, rows, isBusy, onOpen }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const hour = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
    const name = (/** @type {any} */ row) => (/** @type {string} */ field) => ui.describe(/** @type {any} */ ({ item: row.item, field, action: "set" }), t).field || field;
    const columns = [
      { key: "started_at", title: t("history.when"), className: "sbk-hour", render: (/** @type {any} */ row) => hour.format(new Date(row.started_at)) },
      { key: "item", title: t("history.item"), className: "sbk-value", render: (/** @type {any} */ row) => h(ItemName, { row, onOpen }) },
      { key: "fields", title: t("history.field"), render: (/** @type {any} */ row) => row.fields.map(name(row)).join(", ") },
      ...(new Set(rows.map((row) => row.title)).size > 1 ? [{ key: "title", title: t("history.what") }] : []), // one title for all says nothing
    ];
    return h("section", null, h("h2", { className: "h5" }, day), h(kit.Table, { caption: day, columns, rows, keyOf: (/** @type {any} */ row) => row.id, isBusy }));
  }

  /** Show what was written to the items that fit, newest first. @param {{text: string, day: string, onOpen: (run: {id: string}, text: string) => void}} props `day`: such as 2026-03-01, "" for all */
  function FoundItems({ text, day, onOpen }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const query = { ...(text ? { text } : {}), ...kit.makeDayBounds(day), page, page_size: PAGE_SIZE };
    const list = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("history_search", query, { signal }), KEEPS);
    if (list.error || !list.data) return h(kit.Pending, { load: list, shape: "table" });
    const days = kit.groupByDay(list.data.items, (/** @type {any} */ row) => row.started_at, locale);
    const isAll = !text && !day;
    return h(
      React.Fragment,
      null,
      !days.length && h(kit.Empty, { icon: "faClockRotateLeft", title: t(isAll ? "history.empty" : "history.not_found"), text: isAll ? t("history.empty.text") : undefined }),
      days.map((/** @type {any} */ group) => h(DayItems, { key: group.day, ...group, isBusy: list.isLoading, onOpen })),
      h(kit.Pager, { page, size: PAGE_SIZE, total: list.data.count, onPage: setPage }),
    );
  }

  Object.assign(kit, { FoundItems });
})();
