// Page numbers of long lists. Pure.
(function (root) {
  "use strict";

  /**
   * Return the number of pages, at least one.
   * @param {number} total
   * @param {number} size
   */
  function countPages(total, size) {
    return Math.max(1, Math.ceil(total / size));
  }

  /**
   * Return the page numbers that a pager shows: the first, the last and those around the current one; 0 is a gap.
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
   * Return the numbers of "21 to 40 of 95".
   * @param {number} page
   * @param {number} size
   * @param {number} total
   */
  function describePage(page, size, total) {
    return { first: total ? (page - 1) * size + 1 : 0, last: Math.min(page * size, total), total };
  }

  const core = { countPages, listPages, describePage };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
