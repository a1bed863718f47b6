// The scenes of a sync: read from Stash's scene list (selection, filter), and the arguments for the backend. Pure.
(function (root) {
  "use strict";

  // Stash's own markup: the check boxes of cards and table rows, and the number of selected scenes in its toolbar.
  const SELECTED = ".scene-card input.card-check:checked, tr .select-col input:checked";
  const COUNT = ".selected-items-info .selected-count";
  const SCENE_LINK = /\/scenes\/(\d+)(?:[/?#]|$)/;

  /**
   * Returns the selected scenes of the visible page, and Stash's count of selected scenes, which covers all pages.
   * @param {ParentNode} page
   */
  function readSelected(page) {
    const found = [...page.querySelectorAll(SELECTED)].map((box) => {
      const item = box.closest(".scene-card, tr");
      const links = item ? [...item.querySelectorAll("a[href]")] : [];
      const match = links.map((link) => SCENE_LINK.exec(link.getAttribute("href") || "")).find(Boolean);
      return match ? Number(match[1]) : 0;
    });
    const ids = [...new Set(found.filter(Boolean))];
    const counter = page.querySelector(COUNT);
    return { ids, total: Math.max(ids.length, Number(counter && counter.textContent) || 0) };
  }

  /**
   * Returns the filter and search of the scene list from Stash's own query, or null without a list.
   * @param {Iterable<any>} queries Apollo's active queries
   * @returns {{filter: object, text: string, count: number | null} | null}
   */
  function readListFilter(queries) {
    const found = [...queries].filter((query) => query.queryName === "FindScenes" && query.variables).pop();
    if (!found) return null;
    const { filter, scene_filter: given } = found.variables;
    const { data } = found.getCurrentResult(false);
    const answer = data && data.findScenes;
    return { filter: given || {}, text: (filter && filter.q) || "", count: answer ? answer.count : null };
  }

  /** True if a list shows the whole library. @param {{filter: object, text: string}} list */
  function isUnfiltered(list) {
    return !Object.keys(list.filter).length && !list.text;
  }

  /**
   * Returns the scope for `sync_start`, or null until the choice is complete.
   * @param {string} kind @param {{id: number, name: string, problem?: string | null} | null} chosen @param {any} passed the scope another page passed on
   */
  function makeScope(kind, chosen, passed) {
    if (kind === "all") return {};
    if (kind === "handed") return passed ? { ...passed.scope, label: passed.label } : null;
    if (kind === "saved") return chosen && !chosen.problem ? { saved_filter_id: chosen.id, label: chosen.name } : null;
    return chosen ? { [`${kind}_id`]: chosen.id, label: chosen.name } : null;
  }

  const core = { readSelected, readListFilter, isUnfiltered, makeScope };
  if (root.StashBundleKit) root.StashBundleKit.tagging.scopeCore = core;
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
