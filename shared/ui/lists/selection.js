// The selection of a list: its state, a checkbox that knows Shift, and the bar above the rows.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useCallback, useEffect, useRef, useState } = React;

  /**
   * Return the selection of a list, given the keys in the order shown; with Shift all items since the last one change.
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
   * Show a checkbox; the second argument of `onChange` is true if Shift was held, with mouse or keyboard.
   * @param {{label: string, isOn: boolean, isMixed?: boolean, onChange: (isOn: boolean, isRange: boolean) => void}} props
   */
  function SelectBox({ label, isOn, isMixed = false, onChange }) {
    const box = useRef(/** @type {HTMLInputElement | null} */ (null));
    const isShift = useRef(false);
    useEffect(() => {
      if (box.current) box.current.indeterminate = isMixed;
    }, [isMixed]);
    const noteShift = (/** @type {any} */ event) => {
      isShift.current = event.shiftKey;
    };
    return h("input", {
      ref: box,
      type: "checkbox",
      className: "sbk-check",
      "aria-label": label,
      checked: isOn,
      onClick: noteShift,
      onKeyDown: noteShift,
      onKeyUp: noteShift,
      onChange: () => onChange(!isOn, isShift.current),
    });
  }

  /** Show how many rows are selected, with the actions for them. @param {any} props */
  function SelectionBar({ selection, children }) {
    const t = kit.useText();
    const count = selection.selected.size;
    return h(
      "div",
      { className: "sbk-selection-bar" },
      h("span", { role: "status" }, count > 0 && t("table.selected", { count })),
      count > 0 && h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: selection.clear }, t("table.clear")),
      count > 0 && children,
      h("span", { className: "text-muted small sbk-hint" }, t("table.hint")),
    );
  }

  Object.assign(kit, { useSelection, SelectBox, SelectionBar });
})();
