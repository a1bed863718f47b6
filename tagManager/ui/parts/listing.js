// A table that the backend searches and pages, for all tabs.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;

  /**
   * Draws a loaded page of rows with search field, filters, table and pager; errors and the loading state take its place.
   * @param {{found: StashBundle.Loaded, items: string, columns: StashBundle.Column[], caption: string, page: number, size: number,
   *   onPage: (page: number) => void, text?: string, onText?: (text: string) => void, filters?: any, more?: any, keyOf: (row: any) => string, selection?: any,
   *   actions?: any, empty?: any, sort?: any, onSort?: (sort: any) => void}} props `more` stands behind the search field
   */
  function Listing({ found, items, columns, caption, page, size, onPage, text = "", onText, filters, more, keyOf, ...table }) {
    const t = kit.useText();
    const search = React.useCallback(
      (/** @type {string} */ value) => {
        onPage(1);
        if (onText) onText(value);
      },
      [onPage, onText],
    );
    return h(
      React.Fragment,
      null,
      (onText || filters) &&
        h("div", { className: "sbk-filters" }, filters, onText && h(kit.Field, { id: `tm-search-${items}`, label: t("search"), type: "search", value: text, onChange: search }), more),
      found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
      !found.data && !found.error && h(kit.Pending, { load: found, shape: "table" }),
      found.data && h(kit.Table, { caption, columns, rows: found.data[items], keyOf, nameOf: (/** @type {any} */ row) => row.name || row.title, isBusy: found.isLoading, ...table }),
      found.data && h(kit.Pager, { page, size, total: found.data.count, onPage }),
    );
  }

  Object.assign(tagging, { Listing });
})();
