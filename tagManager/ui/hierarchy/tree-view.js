// The tree on the screen: it draws only the visible rows, and handles keys, mouse and dragging.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { treeCore: core } = tagging;
  const { useCallback, useEffect, useLayoutEffect, useRef, useState } = React;
  const ROW_HEIGHT = 34;
  const MAX_INDENT = 12; // deeper rows get no more indentation
  const TYPING_PAUSE = 700; // milliseconds; a letter typed later begins a new search
  const HOVER_TO_OPEN = 700; // milliseconds

  /** @typedef {import("react").MutableRefObject<any>} Ref */

  /** The scroll position and height of the list, which grows with its rows up to a limit. @param {Ref} box @param {number} count */
  function useVisibleArea(box, count) {
    const [place, setPlace] = useState({ top: 0, height: 600 });
    const measure = useCallback(() => {
      if (box.current) setPlace({ top: box.current.scrollTop, height: box.current.clientHeight });
    }, [box]);
    useLayoutEffect(() => {
      measure();
      window.addEventListener("resize", measure);
      return () => window.removeEventListener("resize", measure);
    }, [measure]);
    useLayoutEffect(measure, [measure, count]);
    return { ...place, measure };
  }

  /** Scrolls the active row into view each time the model asks for it. @param {Ref} box @param {any} model */
  function useActiveInView(box, model) {
    const { rows, active, focusRound } = model;
    const latest = useRef({ rows, active });
    latest.current = { rows, active };
    useEffect(() => {
      const element = box.current;
      const index = latest.current.rows.findIndex((/** @type {any} */ row) => row.key === latest.current.active);
      if (element && index >= 0) element.scrollTop = core.findScroll(index, element.scrollTop, element.clientHeight, ROW_HEIGHT);
    }, [box, focusRound]);
  }

  /** Returns the commands of the keys for a row. @param {any} model @param {any} row @returns {Record<string, () => void>} */
  function listCommands(model, row) {
    const parentKey = row.key.split("/").slice(0, -1).join("/");
    const index = model.rows.indexOf(row);
    return {
      ArrowRight: () => (row.isOpen ? model.goTo(model.rows[index + 1].key) : row.isParent && model.toggle(row.key, true)),
      ArrowLeft: () => (row.isOpen ? model.toggle(row.key, false) : parentKey && model.goTo(parentKey)),
      " ": () => model.tick(row.key, !model.selected.has(row.key), false),
      Enter: () => model.askMove(false),
      Delete: model.takeOut,
      Escape: model.cancel,
      "*": () => model.openSiblings(row),
    };
  }

  const SHORTCUTS = /** @type {Record<string, (model: any) => void>} */ ({
    x: (model) => model.pickUp(false),
    c: (model) => model.pickUp(true),
    v: (model) => model.paste(),
  });

  /** The key handler of the focused tree. @param {any} model @param {number} page rows on a screen */
  function useKeys(model, page) {
    const typed = useRef({ text: "", at: 0 });
    const type = (/** @type {any} */ event, /** @type {number} */ index) => {
      const isNew = event.timeStamp - typed.current.at > TYPING_PAUSE;
      const before = isNew ? "" : typed.current.text;
      const text = before === event.key ? event.key : before + event.key;
      typed.current = { text, at: event.timeStamp };
      const found = core.findTyped(model.rows, model.tree.names, index, text);
      if (found >= 0) model.goTo(model.rows[found].key);
    };
    return (/** @type {any} */ event) => {
      const index = model.rows.findIndex((/** @type {any} */ row) => row.key === model.active);
      const act = findAction(model, index, event, page);
      if (act) {
        typed.current.text = "";
        act();
      } else if (isTyping(event)) type(event, index);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
  }

  /** True if Control, or Command on a Mac, is held. @param {any} event */
  function hasModifier(event) {
    return event.ctrlKey || event.metaKey;
  }

  /** @param {any} event */
  function isTyping(event) {
    return event.key.length === 1 && !hasModifier(event) && !event.altKey;
  }

  /** Returns the action of a key, or null. @param {any} model @param {number} index @param {any} event @param {number} page @returns {null | (() => void)} */
  function findAction(model, index, event, page) {
    const row = model.rows[index];
    if (hasModifier(event)) {
      const shortcut = SHORTCUTS[event.key.toLowerCase()];
      return shortcut ? () => shortcut(model) : null;
    }
    const next = core.findNextIndex(event.key, index, model.rows.length, page);
    if (next >= 0) return () => model.focusRow(model.rows[next].key, event.shiftKey);
    return (row && listCommands(model, row)[event.key]) || null;
  }

  /** True if the old parent stays: Control or Alt is held while dragging. @param {any} event */
  function isCopying(event) {
    return hasModifier(event) || event.altKey;
  }

  /** True if the dragged rows can be dropped on this row; kept for each target, because the pointer moves all the time. @param {any} model @param {any} drag @param {any} row @param {boolean} keeps */
  function canDrop(model, drag, row, keeps) {
    const { allowed, places } = drag;
    const name = String(keeps);
    if (!(name in allowed)) allowed[name] = model.canMove(places, row ? row.id : null, keeps);
    return allowed[name];
  }

  /** Opens a closed row that something is dragged over. @param {any} model @param {any} row null is the top */
  function openIfClosed(model, row) {
    if (row && row.isParent && !row.isOpen) model.toggle(row.key, true);
  }

  /** State and handlers of dragging; a closed row opens while the pointer rests on it. @param {any} model */
  function useDragging(model) {
    const drag = useRef(/** @type {any} */ (null));
    const [over, setOver] = useState("");
    const end = () => {
      drag.current = null;
      setOver("");
    };
    const start = (/** @type {any} */ row) => (/** @type {any} */ event) => {
      const places = model.placesOf(row);
      drag.current = { places, key: "", allowed: {}, since: 0 };
      event.dataTransfer.effectAllowed = "copyMove";
      event.dataTransfer.setData("text/plain", places.map((/** @type {any} */ place) => model.tree.names.get(place.id)).join(", "));
    };
    const hover = (/** @type {any} */ row) => (/** @type {any} */ event) => {
      if (!drag.current) return;
      const key = row ? row.key : "top";
      const keeps = Boolean(row) && isCopying(event);
      if (drag.current.key !== key) Object.assign(drag.current, { key, allowed: {}, since: event.timeStamp });
      const hasWaited = event.timeStamp - drag.current.since > HOVER_TO_OPEN;
      if (hasWaited) openIfClosed(model, row);
      if (!canDrop(model, drag.current, row, keeps)) return setOver("");
      event.preventDefault();
      event.dataTransfer.dropEffect = keeps ? "copy" : "move";
      return setOver(key);
    };
    const drop = (/** @type {any} */ row) => (/** @type {any} */ event) => {
      event.preventDefault();
      if (drag.current) model.move(drag.current.places, row ? row.id : null, Boolean(row) && isCopying(event), row ? row.key : "");
      end();
    };
    const target = (/** @type {any} */ row) => ({ onDragOver: hover(row), onDrop: drop(row) });
    const source = (/** @type {any} */ row) => ({ draggable: true, onDragStart: start(row), onDragEnd: end });
    return { over, target, source };
  }

  /** A mouse-only button; the keyboard uses the keys of the tree instead. @param {{children?: any, onPress: () => void}} props */
  function Handle({ children, onPress }) {
    const press = (/** @type {any} */ event) => {
      event.stopPropagation();
      onPress();
    };
    return h("span", { className: "tm-handle", "aria-hidden": true, onClick: press }, children);
  }

  /** @param {any} model @param {any} row @param {string} over */
  function listClasses(model, row, over) {
    const states = { "tm-active": row.key === model.active, "tm-over": row.key === over, "sbk-selected": model.selected.has(row.key), "tm-picked": model.isOnClipboard(row) };
    return ["tm-row", ...Object.entries(states).filter(([, isOn]) => isOn).map(([name]) => name)].join(" ");
  }

  /** One row of the tree. @param {{model: any, row: any, index: number, dragging: any, id: string}} props */
  function TreeRow({ model, row, index, dragging, id }) {
    const t = kit.useText();
    const isTicked = model.selected.has(row.key);
    const press = (/** @type {any} */ event) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) model.tick(row.key, !isTicked, event.shiftKey);
      else model.setActive(row.key);
    };
    const children = model.tree.children.get(row.id) || [];
    return h(
      "div",
      {
        id,
        role: "treeitem",
        "aria-level": row.level,
        "aria-posinset": row.position,
        "aria-setsize": row.size,
        "aria-expanded": row.isParent ? row.isOpen : undefined,
        "aria-selected": isTicked,
        className: listClasses(model, row, dragging.over),
        style: /** @type {any} */ ({ top: index * ROW_HEIGHT, height: ROW_HEIGHT, "--tm-level": Math.min(row.level - 1, MAX_INDENT) }),
        onClick: press,
        onDoubleClick: () => row.isParent && model.toggle(row.key, !row.isOpen),
        ...dragging.source(row),
        ...dragging.target(row),
      },
      row.isParent
        ? h(Handle, { onPress: () => model.toggle(row.key, !row.isOpen) }, h(kit.Icon, { name: row.isOpen ? "faChevronDown" : "faChevronRight" }))
        : h("span", { className: "tm-handle", "aria-hidden": true }),
      h(Handle, { onPress: () => model.tick(row.key, !isTicked, false) }, h("span", { className: "tm-box" }, isTicked && h(kit.Icon, { name: "faCheck" }))),
      h("span", { className: model.found.has(row.id) ? "tm-name tm-found" : "tm-name" }, model.tree.names.get(row.id)),
      model.isNew(row) && h("span", { className: "badge badge-warning" }, t("tree.new")),
      children.length > 0 && h("span", { className: "text-muted small tm-below" }, t("tree.children", { count: children.length })),
    );
  }

  /** The tree with the drop area above it. @param {{model: any}} props */
  function TreeView({ model }) {
    const t = kit.useText();
    const box = useRef(/** @type {any} */ (null));
    const { top, height, measure } = useVisibleArea(box, model.rows.length);
    useActiveInView(box, model);
    const onKeyDown = useKeys(model, Math.max(1, Math.floor(height / ROW_HEIGHT) - 1));
    const dragging = useDragging(model);
    const { rows } = model;
    const shown = core.findVisibleRows(top, height, ROW_HEIGHT, rows.length);
    const idOf = (/** @type {any} */ row) => `tm-row-${row.key.replace(/\//g, "-")}`;
    const active = rows.slice(shown.first, shown.last).find((/** @type {any} */ row) => row.key === model.active);
    const draw = (/** @type {any} */ row, /** @type {number} */ index) =>
      h(TreeRow, { key: row.key, id: idOf(row), model, row, index: shown.first + index, dragging });
    return h(
      React.Fragment,
      null,
      h("div", { className: `tm-top${dragging.over === "top" ? " tm-over" : ""}`, ...dragging.target(null) }, h(kit.Icon, { name: "faLevelUpAlt" }), t("tree.top")),
      h(
        "div",
        {
          ref: box,
          className: "tm-tree",
          role: "tree",
          tabIndex: 0,
          "aria-label": t("tab.hierarchy"),
          "aria-multiselectable": true,
          "aria-activedescendant": active ? idOf(active) : undefined,
          onScroll: measure,
          onKeyDown,
        },
        h("div", { role: "none", className: "tm-rows", style: { height: rows.length * ROW_HEIGHT } }, rows.slice(shown.first, shown.last).map(draw)),
      ),
    );
  }

  Object.assign(tagging, { TreeView });
})();
