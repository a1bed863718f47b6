// The categories of a stash-box in the order of the Import tab. Pure.
(function (root) {
  "use strict";

  /**
   * Returns the groups with their categories in the box's order, and last, under `group: null`, the categories without a group.
   * @param {{categories: any[], groups: any[]}} data answer of the operation `categories`
   */
  function groupCategories({ categories, groups }) {
    const of = (/** @type {string} */ name) => categories.filter((one) => (one.group || "").toLowerCase() === name.toLowerCase());
    return [...groups.map((group) => ({ group, categories: of(group.name) })), { group: null, categories: of("") }].filter((one) => one.categories.length);
  }

  /** Returns how many of the box's tags the library lacks, of the selected categories or, if none is selected, of all. @param {any[]} categories @param {ReadonlySet<string>} selected */
  function countLacking(categories, selected) {
    const chosen = selected.size ? categories.filter((one) => selected.has(one.id)) : categories;
    return chosen.reduce((sum, one) => sum + Math.max(0, one.tags - one.linked), 0);
  }

  const core = { groupCategories, countLacking };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.tagging, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
