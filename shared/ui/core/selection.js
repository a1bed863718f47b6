// Selections of rows, with ranges by Shift. Pure.
(function (root) {
  "use strict";

  /**
   * Return the selection after one item was switched. With an anchor (the item switched before) all items between the two
   * get the new state, as with Shift in file managers.
   * @param {ReadonlySet<string>} selected
   * @param {string[]} order keys in the order shown
   * @param {string} key
   * @param {boolean} isOn
   * @param {string | null} [anchor]
   * @returns {Set<string>}
   */
  function changeSelection(selected, order, key, isOn, anchor = null) {
    const next = new Set(selected);
    const from = anchor === null ? -1 : order.indexOf(anchor);
    const to = order.indexOf(key);
    const keys = from < 0 || to < 0 ? [key] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
    for (const one of keys) isOn ? next.add(one) : next.delete(one);
    return next;
  }

  /**
   * Return the selection after all shown items were switched; the selection of other pages stays.
   * @param {ReadonlySet<string>} selected
   * @param {string[]} order
   * @param {boolean} isOn
   */
  function changeAll(selected, order, isOn) {
    const next = new Set(selected);
    for (const key of order) isOn ? next.add(key) : next.delete(key);
    return next;
  }

  /**
   * Return how many of the shown items are selected, for the checkbox in a table's head.
   * @param {ReadonlySet<string>} selected
   * @param {string[]} order
   * @returns {"none" | "some" | "all"}
   */
  function describeSelection(selected, order) {
    const count = order.filter((key) => selected.has(key)).length;
    if (count === 0) return "none";
    return count === order.length ? "all" : "some";
  }

  /**
   * Return the rows that are still to be decided, those behind a row first, then those before it: the focus goes to the first of them.
   * @param {string[]} order
   * @param {string} key
   * @param {Record<string, unknown>} decided
   */
  function listOpenAfter(order, key, decided) {
    const place = order.indexOf(key);
    return [...order.slice(place + 1), ...order.slice(0, Math.max(0, place))].filter((one) => !(one in decided));
  }

  const core = { listOpenAfter, changeSelection, changeAll, describeSelection };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
