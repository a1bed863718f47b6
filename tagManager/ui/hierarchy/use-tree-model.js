// State and commands of the Hierarchy tab: the tree, open, selected and cut rows, and the unsaved changes.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React } = kit;
  const { treeCore: core } = tagging;
  const { useEffect, useMemo, useState } = React;
  const STORAGE_KEY = "stash-bundle:tagManager:tree-changes";
  const MAX_OPEN = 50000; // undrawn rows are cheap, but nested shared parents make millions of them
  const NOTHING = /** @type {ReadonlySet<any>} */ (new Set());

  /** The unsaved changes, kept in the browser over a reload. */
  function useChanges() {
    const [changes, setChanges] = useState(() => new Map(kit.readMemory(STORAGE_KEY) || []));
    useEffect(() => kit.writeMemory(STORAGE_KEY, changes.size ? [...changes] : null), [changes]);
    return { changes, setChanges };
  }

  /** Which rows are open, active and selected, and the commands that change that. @param {any} tree */
  function usePlaces(tree) {
    const [open, setOpen] = useState(NOTHING);
    const [active, setActive] = useState("");
    const [selected, setSelected] = useState(NOTHING);
    const [anchor, setAnchor] = useState(/** @type {string | null} */ (null));
    const [focusRound, setFocusRound] = useState(0);
    const rows = useMemo(() => core.listRows(tree, open), [tree, open]);
    const goTo = (/** @type {string} */ key) => {
      setActive(key);
      setFocusRound(focusRound + 1);
    };
    const tick = (/** @type {string} */ key, /** @type {boolean} */ isOn, /** @type {boolean} */ isRange) => {
      const order = rows.map((/** @type {any} */ row) => row.key);
      setSelected(kit.changeSelection(selected, order, key, isOn, isRange ? anchor || active : null));
      setAnchor(key);
      setActive(key);
    };
    const reveal = (/** @type {number[]} */ path) => {
      const { key, opens } = core.listOpenKeys(path);
      setOpen((/** @type {any} */ old) => new Set([...old, ...opens]));
      goTo(key);
    };
    const toggle = (/** @type {string} */ key, /** @type {boolean} */ isOpen) => setOpen(kit.changeSelection(open, [], key, isOpen));
    const focusRow = (/** @type {string} */ key, /** @type {boolean} */ isRange) => {
      if (isRange) tick(key, true, true);
      goTo(key);
    };
    const openSiblings = (/** @type {any} */ row) => {
      const siblings = rows.filter((/** @type {any} */ one) => one.level === row.level && one.parent === row.parent && one.isParent);
      setOpen(new Set([...open, ...siblings.map((/** @type {any} */ one) => one.key)]));
    };
    const clear = () => setSelected(NOTHING);
    const openAll = () => setOpen(core.openAll(tree, MAX_OPEN));
    const closeAll = () => setOpen(NOTHING);
    return { open, active, selected, rows, focusRound, setActive, goTo, focusRow, tick, reveal, toggle, openSiblings, clear, openAll, closeAll };
  }

  /** The search text, its matches, and stepping through them. @param {any} tags @param {any} tree @param {(path: number[]) => void} reveal */
  function useSearch(tags, tree, reveal) {
    const [text, setText] = useState("");
    const [at, setAt] = useState(0);
    const matches = useMemo(() => core.findTags(tags, text), [tags, text]);
    const found = useMemo(() => new Set(matches), [matches]);
    const show = (/** @type {number[]} */ list, /** @type {number} */ index) => {
      setAt(index);
      if (list.length) reveal(core.pathTo(tree, list[index]));
    };
    const search = (/** @type {string} */ wanted) => {
      setText(wanted);
      show(core.findTags(tags, wanted), 0);
    };
    const step = (/** @type {number} */ by) => show(matches, (at + by + matches.length) % Math.max(matches.length, 1));
    return { text, at, matches, found, search, step };
  }

  /** Rows that were cut or copied, and pasting them under the active row. @param {any} places @param {(places: any[], to: number, keeps: boolean, key: string) => void} move */
  function useClipboard(places, move) {
    const [clipboard, setClipboard] = useState(/** @type {{places: any[], keeps: boolean, keys: ReadonlySet<string>} | null} */ (null));
    const pickUp = (/** @type {boolean} */ keeps) => setClipboard({ places: places.chosen(), keeps, keys: new Set(places.chosenRows().map((/** @type {any} */ row) => row.key)) });
    const paste = () => {
      const row = places.activeRow();
      if (!clipboard || !row) return;
      move(clipboard.places, row.id, clipboard.keeps, row.key);
      setClipboard(null);
    };
    return { clipboard, pickUp, paste, drop: () => setClipboard(null) };
  }

  /** The rows a command works on: the selected ones, otherwise the active one. @param {any} shown */
  function makePlaceReaders(shown) {
    const activeRow = () => shown.rows.find((/** @type {any} */ row) => row.key === shown.active) || null;
    const ticked = () => shown.rows.filter((/** @type {any} */ row) => shown.selected.has(row.key));
    const chosenRows = () => (ticked().length ? ticked() : [activeRow()].filter(Boolean));
    const placeOf = (/** @type {any} */ row) => ({ id: row.id, parent: row.parent });
    const chosen = () => chosenRows().map(placeOf);
    const placesOf = (/** @type {any} */ row) => (shown.selected.has(row.key) ? ticked().map(placeOf) : [placeOf(row)]);
    return { activeRow, ticked, chosenRows, chosen, placesOf };
  }

  /**
   * Everything the tab's components share.
   * @param {any} tags as Stash has them
   */
  function useTreeModel(tags) {
    const { changes, setChanges } = useChanges();
    const [refused, setRefused] = useState(/** @type {any[]} */ ([]));
    const [asking, setAsking] = useState(/** @type {null | {keeps: boolean, places: any[]}} */ (null));
    const tree = useMemo(() => core.makeTree(tags, changes), [tags, changes]);
    const shown = usePlaces(tree);
    const search = useSearch(tags, tree, shown.reveal);
    const places = makePlaceReaders(shown);
    const move = (/** @type {any[]} */ moved, /** @type {number | null} */ to, /** @type {boolean} */ keeps, /** @type {string} */ key) => {
      const result = core.moveTags(tags, changes, moved, to, keeps);
      setChanges(result.changes);
      setRefused(result.refused);
      shown.clear();
      const first = moved.find((place) => !result.refused.some((/** @type {any} */ one) => one.id === place.id));
      if (!first) return;
      const after = core.makeTree(tags, result.changes);
      const above = key ? key.split("/").map(Number) : null;
      shown.reveal(above ? [...above, first.id] : core.pathTo(after, first.id, to === null ? undefined : to));
    };
    const clipboardTools = useClipboard(places, move);
    const setEdge = (/** @type {number} */ tag, /** @type {number} */ parent, /** @type {boolean} */ isWanted) => setChanges(core.changeEdge(tags, changes, tag, parent, isWanted));
    const cancel = () => {
      clipboardTools.drop();
      shown.clear();
    };
    return {
      ...shown,
      ...search,
      ...places,
      ...clipboardTools,
      tags,
      tree,
      changes,
      setChanges,
      refused,
      setRefused,
      asking,
      move,
      setEdge,
      cancel,
      askMove: (/** @type {boolean} */ keeps) => setAsking({ keeps, places: places.chosen() }),
      endAsking: () => setAsking(null),
      takeOut: () => move(places.chosen(), null, false, ""),
      canMove: (/** @type {any[]} */ moved, /** @type {number | null} */ to, /** @type {boolean} */ keeps) => core.moveTags(tags, changes, moved, to, keeps).changes !== changes,
      isNew: (/** @type {any} */ row) => row.parent !== null && changes.get(core.edgeKey(row.id, row.parent)) === "add",
      isOnClipboard: (/** @type {any} */ row) => clipboardTools.clipboard !== null && clipboardTools.clipboard.keys.has(row.key),
    };
  }

  Object.assign(tagging, { useTreeModel });
})();
