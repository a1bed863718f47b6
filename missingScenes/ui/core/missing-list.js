// The list of missing scenes, which grows page by page. Pure.
(function (root) {
  "use strict";

  // The orders of the list, the default first; the backend sorts descending unless ":ASC" follows.
  const SORTS = ["DATE", "DATE:ASC", "CREATED_AT", "UPDATED_AT", "TITLE:ASC", "DURATION", "DURATION:ASC", "TRENDING"];
  const EMPTY_LIST = { scenes: [], answer: null };

  /**
   * Return the list with another page; scenes it already has are not repeated.
   * @param {{scenes: any[], answer: any}} list
   * @param {any} answer
   */
  function addPage(list, answer) {
    const known = new Set(list.scenes.map((scene) => scene.id));
    const fresh = (answer.scenes || []).filter((/** @type {any} */ scene) => !known.has(scene.id));
    return { scenes: [...list.scenes, ...fresh], answer };
  }

  /** Return true if the list has another page. @param {any} answer */
  function hasMore(answer) {
    return Boolean(answer && answer.cursor);
  }

  /** Return true if all scenes were compared; only then may the page say that nothing is missing. @param {any} answer */
  function isComplete(answer) {
    return Boolean(answer) && answer.state === "complete";
  }

  /** Return the arguments of the backend for an order. @param {string} choice */
  function makeSortArgs(choice) {
    const [sort, direction] = (SORTS.includes(choice) ? choice : SORTS[0]).split(":");
    return direction ? { sort, direction } : { sort };
  }

  /**
   * Return the list with changes of some scenes, such as marks.
   * @param {{scenes: any[], answer: any}} list
   * @param {string[]} ids
   * @param {any} part
   */
  function changeScenes(list, ids, part) {
    const chosen = new Set(ids);
    return { ...list, scenes: list.scenes.map((scene) => (chosen.has(scene.id) ? { ...scene, ...part } : scene)) };
  }

  /**
   * Return the list without a scene that is in the library now, with its figures updated.
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
   * Return the reasons why scenes are hidden with their counts, most frequent first.
   * @param {Record<string, number>} hidden
   * @returns {[string, number][]}
   */
  function listHidden(hidden) {
    return Object.entries(hidden || {})
      .filter(([, count]) => count > 0)
      .sort((left, right) => right[1] - left[1]);
  }

  /** Return the number of hidden scenes. @param {Record<string, number>} hidden */
  function countHidden(hidden) {
    return listHidden(hidden).reduce((sum, [, count]) => sum + count, 0);
  }

  /** Return true if the list has said which local files are this scene; other scenes are looked up. @param {any} scene */
  function hasFiles(scene) {
    return Boolean(scene.files && scene.files.length);
  }

  /** Return true if nothing is hidden but scenes whose file is in the library. @param {Record<string, number>} hidden */
  function hidesOnlyFiles(hidden) {
    const reasons = listHidden(hidden);
    return reasons.length === 1 && reasons[0][0] === "unlinked_file";
  }

  const core = { SORTS, EMPTY_LIST, addPage, hasMore, isComplete, makeSortArgs, changeScenes, dropScene, listHidden, countHidden, hasFiles, hidesOnlyFiles };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
