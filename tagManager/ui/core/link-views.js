// The numbers beside the views of the Links tab. Pure.
(function (root) {
  "use strict";

  /**
   * Returns the number of tags in each view that has one; null while the figures are not there.
   * @param {any} figures answer of the operation `match_figures`
   * @returns {Record<string, number | null>}
   */
  function countViews(figures) {
    if (!figures) return { unlinked: null, exact: null, similar: null, linked: null, all: null, dead: null };
    const { tags, linked, exact, similar, dead } = figures;
    return { unlinked: tags - linked, exact, similar, linked, all: tags, dead };
  }

  const core = { countViews };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.tagging, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
