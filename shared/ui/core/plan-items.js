// The items of a plan as its review shows them: their line, their groups, and their selection. Pure.
(function (root) {
  "use strict";

  const PICTURE_ENDING = /\.(jpe?g|png|webp|gif|avif)(\?|$)/i;
  const PICTURE_FIELD = /image|picture|poster|cover|logo|portrait/i;
  const OPEN_ITEMS = 3; // a plan of so few items shows them open

  /** Return the changes of an item that can be selected. @param {{changes: StashBundle.ChangeRow[]}} item */
  function listOpenChanges(item) {
    return item.changes.filter((one) => one.outcome === "planned");
  }

  /**
   * Return the changes that are written or to be written, those that are kept, such as locked fields, and the notes, such as why an item is left out.
   * @param {StashBundle.ChangeRow[]} changes
   */
  function splitChanges(changes) {
    const isNote = (/** @type {StashBundle.ChangeRow} */ one) => one.action === "note" || !one.field;
    const isKept = (/** @type {StashBundle.ChangeRow} */ one) => !isNote(one) && (one.outcome === "skipped" || one.outcome === "unchanged");
    return { shown: changes.filter((one) => !isNote(one) && !isKept(one)), kept: changes.filter(isKept), notes: changes.filter(isNote) };
  }

  /**
   * Return the kept changes grouped by why they are kept, each with the fields: one line instead of one for each locked field.
   * @param {StashBundle.ChangeRow[]} kept
   */
  function groupKept(kept) {
    /** @type {Map<string, string[]>} */
    const groups = new Map();
    for (const one of kept) {
      const why = one.message || one.reason;
      groups.set(why, [...(groups.get(why) || []), one.field]);
    }
    return [...groups].map(([why, fields]) => ({ why, fields: [...new Set(fields)] }));
  }

  /** Return how much of an item is selected. @param {{changes: StashBundle.ChangeRow[]}} item @returns {"none" | "some" | "all"} */
  function describeItemSelection(item) {
    const open = listOpenChanges(item);
    const count = open.filter((one) => one.selected).length;
    if (!count) return "none";
    return count === open.length ? "all" : "some";
  }

  /** Return the outcome that an item's line names: the worst of its changes, "" while it is only planned. @param {{changes: StashBundle.ChangeRow[]}} item */
  function chooseItemOutcome(item) {
    const outcomes = item.changes.map((one) => one.outcome);
    return ["failed", "conflict", "undone", "changed"].find((outcome) => outcomes.includes(outcome)) || "";
  }

  /** Return true if a value of a change is the address of a picture. @param {string} field @param {unknown} value */
  function isPictureAddress(field, value) {
    if (typeof value !== "string" || !/^(https?:|data:image\/|\/)/.test(value)) return false;
    return PICTURE_ENDING.test(value) || value.startsWith("data:image/") || PICTURE_FIELD.test(field);
  }

  /**
   * Return the items of a plan after some of their changes were selected or deselected, and by how much the number of selected ones changed.
   * @param {{changes: StashBundle.ChangeRow[]}[]} items
   * @param {ReadonlySet<string>} keys ids of the changes
   * @param {boolean} isOn
   */
  function selectInItems(items, keys, isOn) {
    let by = 0;
    const change = (/** @type {StashBundle.ChangeRow} */ one) => {
      if (!keys.has(String(one.id)) || one.selected === isOn) return one;
      by += isOn ? 1 : -1;
      return { ...one, selected: isOn };
    };
    const next = items.map((item) => ({ ...item, changes: item.changes.map(change) }));
    return { items: next, by };
  }

  const core = { OPEN_ITEMS, listOpenChanges, splitChanges, groupKept, describeItemSelection, chooseItemOutcome, isPictureAddress, selectInItems };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
