// The list of missing scenes as it grows page by page: pure.
(function (root) {
  "use strict";

  // What people want first; titles and "oldest" the other way round than the rest.
  const SORTS = ["DATE", "DATE:ASC", "CREATED_AT", "UPDATED_AT", "TITLE:ASC", "DURATION", "DURATION:ASC", "TRENDING"];
  const EMPTY = { scenes: [], answer: null };
  const FIELDS = ["in_whisparr", "monitored", "wanted", "ignored", "stash_ids"];
  // Whisparr's own record of a scene says no more to people than that it is there, a link no more than its id.
  const VALUES = {
    in_whisparr: (/** @type {unknown} */ value, /** @type {(key: string) => string} */ t) => t(value ? "value.yes" : "value.no"),
    stash_ids: (/** @type {any} */ value) => (value && value.stash_id) || "",
  };

  /**
   * The list with one more answer; a scene that is there already is not shown twice.
   * @param {{scenes: any[], answer: any}} list
   * @param {any} answer
   */
  function addAnswer(list, answer) {
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
   * Seconds as hours, minutes and seconds; "" when unknown.
   * @param {number | null | undefined} seconds
   */
  function formatDuration(seconds) {
    if (!seconds || seconds < 0) return "";
    const whole = Math.round(seconds);
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const shown = parts[0] ? parts : parts.slice(1);
    return shown.map((part, index) => (index ? String(part).padStart(2, "0") : String(part))).join(":");
  }

  /** How many a row of the completeness table lacks; the library may have more than the box lists. @param {{total: number, owned: number}} row */
  function countMissing(row) {
    return Math.max(row.total - row.owned, 0);
  }

  /** What a scene is called. @param {any} scene @param {string} fallback */
  function titleOf(scene, fallback) {
    return scene.title || scene.code || fallback;
  }

  /** The box's own address in the address of one of its pages; "" when there is none. @param {string | null | undefined} url */
  function originOf(url) {
    const found = /^https?:\/\/[^/]+/i.exec(url || "");
    return found ? found[0] : "";
  }

  /** When and by whom a scene was made. @param {any} scene */
  function describeOrigin(scene) {
    return [scene.date, scene.studio && scene.studio.name].filter(Boolean).join(" · ");
  }

  /**
   * Names of a scene's people as they are credited there, a few of many.
   * @param {any[]} performers
   * @param {number} [most]
   */
  function listNames(performers, most = 4) {
    const names = performers.map((one) => one.as || one.name);
    return names.length > most ? `${names.slice(0, most).join(", ")} +${names.length - most}` : names.join(", ");
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

  /** What a card shows after it was put on a list or taken off; a scene is on one of the two at most. @param {string} list @param {boolean} isOn */
  function markedPart(list, isOn) {
    return isOn ? { wanted: list === "wanted", ignored: list === "ignored" } : { [list]: false };
  }

  /** Whether a scene may be added to Whisparr, if need be after asking. @param {any} status */
  function canTry(status) {
    return Boolean(status && (status.can_add || status.is_excluded));
  }

  /** The page of a list to go to when the one that is shown has no scene any more; null when there is nothing to mend. @param {{scenes: any[], count: number}} data @param {number} page @param {number} size */
  function findLastPage({ scenes, count }, page, size) {
    return !scenes.length && count && page > 1 ? Math.ceil(count / size) : null;
  }

  /** How many of these scenes Whisparr has not said anything about yet. @param {any} answer @param {string[]} ids */
  function countUnasked(answer, ids) {
    if (!answer) return ids.length;
    return answer.state === "ok" ? ids.filter((id) => !answer.statuses[id]).length : 0;
  }

  /** Scenes by their box, in the order in which the boxes first appear. @param {any[]} scenes */
  function groupByBox(scenes) {
    const endpoints = [...new Set(scenes.map((scene) => scene.endpoint))];
    return endpoints.map((endpoint) => scenes.filter((scene) => scene.endpoint === endpoint));
  }

  /** How far a download is, behind its word. @param {{kind: string, percent: number | null}} status */
  function showPercent({ kind, percent }) {
    return kind === "downloading" && percent !== null ? ` ${Math.round(percent)} %` : "";
  }

  /**
   * A text with the moments in it as people read them.
   * @param {string} text
   * @param {(moment: string) => string} format
   */
  function tellMoments(text, format) {
    return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, (moment) => format(moment) || moment);
  }

  /** How many scenes are hidden, for whatever reason. @param {Record<string, number>} hidden */
  function countHidden(hidden) {
    return listHidden(hidden).reduce((sum, [, count]) => sum + count, 0);
  }

  /**
   * The part of a question that lets Whisparr's answer cost three requests however large its library is. A studio's list
   * may hold scenes of its sub-studios, which Whisparr keeps as studios of their own.
   * @param {any} entity
   * @param {any[]} scenes
   */
  function describeEntity(entity, scenes) {
    if (!entity || !entity.stash_id) return {};
    const studios = entity.type === "studio" ? scenes.map((scene) => scene.studio && scene.studio.id).filter(Boolean) : [];
    return { entity_type: entity.type, stash_ids: [...new Set([entity.stash_id, ...studios])] };
  }

  const core = {
    EMPTY,
    FIELDS,
    VALUES,
    SORTS,
    countHidden,
    countUnasked,
    describeEntity,
    makeSortArgs,
    addAnswer,
    canTry,
    changeScenes,
    dropScene,
    findLastPage,
    hasMore,
    markedPart,
    isComplete,
    formatDuration,
    groupByBox,
    titleOf,
    countMissing,
    describeOrigin,
    listNames,
    listHidden,
    originOf,
    showPercent,
    tellMoments,
  };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
