// The selected changes of the items of a review. Pure.
(function (root) {
  "use strict";

  const PLANNED = "planned";

  /** Return all changes of an item of the review, in the order of its fields. @param {any} item */
  function listChanges(item) {
    return item.fields.flatMap((/** @type {any} */ field) => field.changes || []);
  }

  /** Return the open ones of some changes, and if all, some or none of them are selected. @param {any[]} changes */
  function countSelected(changes) {
    const open = changes.filter((change) => change.outcome === PLANNED);
    const count = open.filter((change) => change.selected).length;
    return { open, state: count === 0 ? "none" : count === open.length ? "all" : "some" };
  }

  /** Return an item with some of its changes selected or deselected. @param {any} item @param {Set<string>} only @param {boolean} isOn */
  function selectChanges(item, only, isOn) {
    const tick = (/** @type {any} */ change) => (only.has(String(change.id)) ? { ...change, selected: isOn } : change);
    return { ...item, fields: item.fields.map((/** @type {any} */ field) => ({ ...field, changes: (field.changes || []).map(tick) })) };
  }

  /** Return the numbers of selected changes by field after these changes were selected or deselected. @param {{field: string, selected: number}[]} fields @param {{field: string}[]} changes @param {boolean} isOn */
  function countFields(fields, changes, isOn) {
    const count = (/** @type {string} */ field) => changes.filter((one) => one.field === field).length;
    return fields.map((row) => ({ ...row, selected: row.selected + (isOn ? 1 : -1) * count(row.field) }));
  }

  const core = { listChanges, countSelected, selectChanges, countFields };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
