// A table with selection and sorting. On a narrow screen each row becomes a small card (kit.css).
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;

  /** @param {any} props */
  function HeadCell({ column, sort, onSort }) {
    const t = kit.useText();
    if (!column.sortable || !onSort) return h("th", { scope: "col", className: column.className }, column.title);
    const isSorted = Boolean(sort) && sort.key === column.key;
    const isDescending = isSorted && sort.descending;
    const next = { key: column.key, descending: isSorted && !isDescending };
    const order = isDescending ? "descending" : "ascending";
    return h(
      "th",
      { scope: "col", className: column.className, "aria-sort": isSorted ? order : "none" },
      h(
        Bootstrap.Button,
        { className: "minimal sbk-sort", title: t("table.sort", { name: column.title }), onClick: () => onSort(next) },
        column.title,
        isSorted && h(kit.Icon, { name: isDescending ? "faCaretDown" : "faCaretUp" }),
      ),
    );
  }

  /** Return the classes of a column's cells: the first one names its row, one without a title holds its buttons. @param {any} column @param {any} first */
  function nameClasses(column, first) {
    return [column.className, column === first && "sbk-first", !column.title && "sbk-row-end"].filter(Boolean).join(" ") || undefined;
  }

  /** @param {any} props */
  function BodyRow({ row, rowKey, columns, selection, canSelect, nameOf }) {
    const t = kit.useText();
    const isOn = Boolean(selection) && selection.selected.has(rowKey);
    const first = columns.find((/** @type {any} */ column) => column.className !== "sbk-check-cell");
    return h(
      "tr",
      { className: isOn ? "sbk-selected" : undefined },
      selection &&
        h(
          "td",
          { className: "sbk-check-cell" },
          canSelect(row) &&
            h(kit.SelectBox, {
              label: t("table.select", { name: nameOf(row) }),
              isOn,
              onChange: (/** @type {boolean} */ on, /** @type {boolean} */ isRange) => selection.change(rowKey, on, isRange),
            }),
        ),
      columns.map((/** @type {any} */ column) =>
        h(
          "td",
          { key: column.key, className: nameClasses(column, first), "data-label": column.title },
          column.render ? column.render(row) : row[column.key],
        ),
      ),
    );
  }

  /**
   * Show a table of rows; with `selection` each row has a checkbox, with `onSort` heads of sortable columns are buttons.
   * @param {{caption: string, columns: StashBundle.Column[], rows: any[], keyOf: (row: any) => string, nameOf?: (row: any) => string,
   *   selection?: StashBundle.Selection, canSelect?: (row: any) => boolean, actions?: any, bar?: any, sort?: any, onSort?: any,
   *   empty?: any, isBusy?: boolean, selectAllLabel?: string}} props `bar` replaces the line that says how many rows are selected
   */
  function Table({ caption, columns, rows, keyOf, nameOf = keyOf, selection, canSelect = () => true, sort, onSort, ...rest }) {
    const t = kit.useText();
    const { actions, bar, empty, isBusy } = rest;
    if (!rows.length) return empty || null;
    const selectAll =
      selection &&
      h(
        "th",
        { className: "sbk-check-cell" },
        h(kit.SelectBox, {
          label: rest.selectAllLabel || t("table.select_all"),
          isOn: selection.state === "all",
          isMixed: selection.state === "some",
          onChange: selection.changeAll,
        }),
      );
    return h(
      React.Fragment,
      null,
      bar || (selection && h(kit.SelectionBar, { selection }, actions)),
      h(
        "table",
        { className: "table sbk-table", "aria-busy": isBusy || undefined },
        h("caption", { className: "sr-only" }, caption),
        h("thead", null, h("tr", null, selectAll, columns.map((column) => (column.title ? h(HeadCell, { key: column.key, column, sort, onSort }) : h("td", { key: column.key, className: column.className }))))),
        h(
          "tbody",
          null,
          rows.map((row) => h(BodyRow, { key: keyOf(row), row, rowKey: keyOf(row), columns, selection, canSelect, nameOf })),
        ),
      ),
    );
  }

  Object.assign(kit, { Table });
})();
