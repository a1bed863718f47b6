// Whisparr's statuses of scenes: which scenes are asked about, and how a status reads. Pure.
(function (root) {
  "use strict";

  /**
   * The part of a question that lets Whisparr's answer cost three requests however large its library is. A studio's list
   * may hold scenes of its sub-studios, which Whisparr keeps as studios of their own.
   * @param {any} entity
   * @param {any[]} scenes
   */
  function makeEntityArgs(entity, scenes) {
    if (!entity || !entity.stash_id) return {};
    const studios = entity.type === "studio" ? scenes.map((scene) => scene.studio && scene.studio.id).filter(Boolean) : [];
    return { entity_type: entity.type, stash_ids: [...new Set([entity.stash_id, ...studios])] };
  }

  /** How many of these scenes Whisparr has not said anything about yet. @param {any} answer @param {string[]} ids */
  function countUnasked(answer, ids) {
    if (!answer) return ids.length;
    return answer.state === "ok" ? ids.filter((id) => !answer.statuses[id]).length : 0;
  }

  /** Whether a scene may be added to Whisparr, if need be after asking. @param {any} status */
  function canAdd(status) {
    return Boolean(status && (status.can_add || status.is_excluded));
  }

  /** How far a download is, behind its word. @param {{kind: string, percent: number | null}} status */
  function formatPercent({ kind, percent }) {
    return kind === "downloading" && percent !== null ? ` ${Math.round(percent)} %` : "";
  }

  /**
   * A text with the moments in it as people read them.
   * @param {string} text
   * @param {(moment: string) => string} format
   */
  function formatMoments(text, format) {
    return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, (moment) => format(moment) || moment);
  }

  const core = { makeEntityArgs, countUnasked, canAdd, formatPercent, formatMoments };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
