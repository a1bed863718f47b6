// Choosing: selections with ranges, and pages of long lists. Pure.
(function (root) {
  "use strict";

  /**
   * The selection after one item was switched. With an anchor (the item switched last) everything between the two
   * follows the new state, as Shift does in file managers.
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
   * The selection after all shown items were switched; what is selected on other pages stays.
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
   * @param {number} total
   * @param {number} size
   */
  function countPages(total, size) {
    return Math.max(1, Math.ceil(total / size));
  }

  /**
   * The page numbers to show: always the first, the last and those around the present one; 0 is a gap.
   * @param {number} current
   * @param {number} last
   */
  function listPages(current, last) {
    const wanted = [1, current - 1, current, current + 1, last].filter((page) => page >= 1 && page <= last);
    const pages = [...new Set(wanted)].sort((a, b) => a - b);
    return pages.flatMap((page, index) => {
      const before = pages[index - 1];
      if (before === undefined || page - before === 1) return [page];
      return page - before === 2 ? [page - 1, page] : [0, page];
    });
  }

  /**
   * "21 to 40 of 95" as numbers.
   * @param {number} page
   * @param {number} size
   * @param {number} total
   */
  function describePage(page, size, total) {
    return { first: total ? (page - 1) * size + 1 : 0, last: Math.min(page * size, total), total };
  }

  const core = { changeSelection, changeAll, describeSelection, countPages, listPages, describePage };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
