// The list of missing scenes, which grows page by page. Pure.
(function (root) {
  "use strict";

  // What people want first; titles and "oldest" the other way round than the rest.
  const SORTS = ["DATE", "DATE:ASC", "CREATED_AT", "UPDATED_AT", "TITLE:ASC", "DURATION", "DURATION:ASC", "TRENDING"];
  const EMPTY_LIST = { scenes: [], answer: null };

  /**
   * The list with one more answer; a scene that is there already is not shown twice.
   * @param {{scenes: any[], answer: any}} list
   * @param {any} answer
   */
  function addPage(list, answer) {
    const known = new Set(list.scenes.map((scene) => scene.id));
    const fresh = (answer.scenes || []).filter((/** @type {any} */ scene) => !known.has(scene.id));
    return { scenes: [...list.scenes, ...fresh], answer };
  }

  /** Whether the list can be asked to go on. @param {any} answer */
  function hasMore(answer) {
    return Boolean(answer && answer.cursor);
  }

  /** Whether everything was looked at: only then may the page say that nothing is missing. @param {any} answer */
  function isComplete(answer) {
    return Boolean(answer) && answer.state === "complete";
  }

  /** A choice of the order as the backend wants it. @param {string} choice */
  function makeSortArgs(choice) {
    const [sort, direction] = (SORTS.includes(choice) ? choice : SORTS[0]).split(":");
    return direction ? { sort, direction } : { sort };
  }

  /**
   * The list with some scenes changed.
   * @param {{scenes: any[], answer: any}} list
   * @param {string[]} ids
   * @param {any} part
   */
  function changeScenes(list, ids, part) {
    const chosen = new Set(ids);
    return { ...list, scenes: list.scenes.map((scene) => (chosen.has(scene.id) ? { ...scene, ...part } : scene)) };
  }

  /**
   * The list without one scene, which is in the library now.
   * @param {{scenes: any[], answer: any}} list
   * @param {string} id
   */
  function dropScene(list, id) {
    if (!list.scenes.some((scene) => scene.id === id)) return list;
    const { figures } = list.answer;
    const answer = { ...list.answer, figures: { ...figures, owned: figures.owned + 1, missing: figures.missing - 1 } };
    return { scenes: list.scenes.filter((scene) => scene.id !== id), answer };
  }

  /**
   * The reasons why scenes are hidden, most frequent first.
   * @param {Record<string, number>} hidden
   * @returns {[string, number][]}
   */
  function listHidden(hidden) {
    return Object.entries(hidden || {})
      .filter(([, count]) => count > 0)
      .sort((left, right) => right[1] - left[1]);
  }

  /** How many scenes are hidden, for whatever reason. @param {Record<string, number>} hidden */
  function countHidden(hidden) {
    return listHidden(hidden).reduce((sum, [, count]) => sum + count, 0);
  }

  const core = { SORTS, EMPTY_LIST, addPage, hasMore, isComplete, makeSortArgs, changeScenes, dropScene, listHidden, countHidden };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
