// A table with pages and selection. On a narrow screen each row becomes a small card (kit.css).
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useCallback, useEffect, useRef, useState } = React;

  /**
   * A selection over items in the order shown; Shift switches everything since the item switched last.
   * @param {string[]} order
   */
  function useSelection(order) {
    const [selected, setSelected] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
    const anchor = useRef(/** @type {string | null} */ (null));
    const change = (/** @type {string} */ key, /** @type {boolean} */ isOn, /** @type {boolean} */ isRange) => {
      setSelected(kit.changeSelection(selected, order, key, isOn, isRange ? anchor.current : null));
      anchor.current = key;
    };
    const changeAll = (/** @type {boolean} */ isOn) => setSelected(kit.changeAll(selected, order, isOn));
    const clear = useCallback(() => setSelected(new Set()), []);
    return { selected, change, changeAll, clear, state: kit.describeSelection(selected, order) };
  }

  /**
   * A checkbox that tells whether Shift was held, by mouse or by keyboard.
   * @param {{label: string, isOn: boolean, isMixed?: boolean, onChange: (isOn: boolean, isRange: boolean) => void}} props
   */
  function SelectBox({ label, isOn, isMixed = false, onChange }) {
    const box = useRef(/** @type {HTMLInputElement | null} */ (null));
    const isShift = useRef(false);
    useEffect(() => {
      if (box.current) box.current.indeterminate = isMixed;
    }, [isMixed]);
    const note = (/** @type {any} */ event) => {
      isShift.current = event.shiftKey;
    };
    return h("input", {
      ref: box,
      type: "checkbox",
      className: "sbk-check",
      "aria-label": label,
      checked: isOn,
      onClick: note,
      onKeyDown: note,
      onKeyUp: note,
      onChange: () => onChange(!isOn, isShift.current),
    });
  }

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

  /** @param {any} props */
  function BodyRow({ row, rowKey, columns, selection, canSelect, nameOf }) {
    const t = kit.useText();
    const isOn = Boolean(selection) && selection.selected.has(rowKey);
    return h(
      "tr",
      { className: isOn ? "sbk-selected" : undefined },
      selection &&
        h(
          "td",
          { className: "sbk-check-cell" },
          canSelect(row) &&
            h(SelectBox, {
              label: t("table.select", { name: nameOf(row) }),
              isOn,
              onChange: (on, isRange) => selection.change(rowKey, on, isRange),
            }),
        ),
      columns.map((/** @type {any} */ column) =>
        h(
          "td",
          { key: column.key, className: column.className, "data-label": column.title },
          column.render ? column.render(row) : row[column.key],
        ),
      ),
    );
  }

  /** @param {any} props */
  function SelectionBar({ selection, children }) {
    const t = kit.useText();
    const count = selection.selected.size;
    return h(
      "div",
      { className: "sbk-selection-bar" },
      h("span", { role: "status" }, t("table.selected", { count })),
      count > 0 && h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: selection.clear }, t("table.clear")),
      count > 0 && children,
      h("span", { className: "text-muted small sbk-hint" }, t("table.hint")),
    );
  }

  /**
   * @param {{caption: string, columns: StashBundle.Column[], rows: any[], keyOf: (row: any) => string, nameOf?: (row: any) => string,
   *   selection?: StashBundle.Selection, canSelect?: (row: any) => boolean, actions?: any, bar?: any, sort?: any, onSort?: any,
   *   empty?: any, isBusy?: boolean}} props `bar` stands in for the line that tells what is selected
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
        h(SelectBox, {
          label: t("table.select_all"),
          isOn: selection.state === "all",
          isMixed: selection.state === "some",
          onChange: selection.changeAll,
        }),
      );
    return h(
      React.Fragment,
      null,
      bar || (selection && h(SelectionBar, { selection }, actions)),
      h(
        "table",
        { className: "table sbk-table", "aria-busy": isBusy || undefined },
        h("caption", { className: "sr-only" }, caption),
        h("thead", null, h("tr", null, selectAll, columns.map((column) => h(HeadCell, { key: column.key, column, sort, onSort })))),
        h(
          "tbody",
          null,
          rows.map((row) => h(BodyRow, { key: keyOf(row), row, rowKey: keyOf(row), columns, selection, canSelect, nameOf })),
        ),
      ),
    );
  }

  /** @param {{page: number, size: number, total: number, onPage: (page: number) => void}} props */
  function Pager({ page, size, total, onPage }) {
    const t = kit.useText();
    const last = kit.countPages(total, size);
    if (last <= 1) return null;
    const step = (/** @type {string} */ name, /** @type {string} */ icon, /** @type {number} */ to) =>
      h(
        Bootstrap.Button,
        { variant: "secondary", "aria-label": t(name), title: t(name), disabled: to < 1 || to > last, onClick: () => onPage(to) },
        h(kit.Icon, { name: icon }),
      );
    const number = (/** @type {number} */ one, /** @type {number} */ index) =>
      one === 0
        ? h("span", { key: `gap-${index}`, className: "btn btn-secondary disabled", "aria-hidden": true }, "…")
        : h(
            Bootstrap.Button,
            {
              key: one,
              variant: "secondary",
              active: one === page,
              "aria-current": one === page ? "page" : undefined,
              "aria-label": t("pager.page", { page: one }),
              onClick: () => onPage(one),
            },
            one,
          );
    return h(
      "nav",
      { className: "sbk-pager", "aria-label": t("pager.label") },
      h("span", { className: "text-muted small", role: "status" }, t("pager.range", kit.describePage(page, size, total))),
      h(
        Bootstrap.ButtonGroup,
        null,
        step("pager.previous", "faChevronLeft", page - 1),
        kit.listPages(page, last).map(number),
        step("pager.next", "faChevronRight", page + 1),
      ),
    );
  }

  Object.assign(kit, { useSelection, SelectBox, SelectionBar, Table, Pager });
})();
