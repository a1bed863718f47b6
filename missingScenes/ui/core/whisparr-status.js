// Whisparr's statuses of scenes: which scenes are asked about, and how a status reads. Pure.
(function (root) {
  "use strict";

  /**
   * Return the arguments that name a list's entity, so that its statuses cost three requests to Whisparr, not one per scene. A studio's
   * list may have scenes of sub-studios, which are separate studios in Whisparr.
   * @param {any} entity
   * @param {any[]} scenes
   */
  function makeEntityArgs(entity, scenes) {
    if (!entity || !entity.stash_id) return {};
    const studios = entity.type === "studio" ? scenes.map((scene) => scene.studio && scene.studio.id).filter(Boolean) : [];
    return { entity_type: entity.type, stash_ids: [...new Set([entity.stash_id, ...studios])] };
  }

  /** Return the number of scenes without a status so far. @param {any} answer @param {string[]} ids */
  function countUnasked(answer, ids) {
    if (!answer) return ids.length;
    return answer.state === "ok" ? ids.filter((id) => !answer.statuses[id]).length : 0;
  }

  /** Return true if a scene can be added to Whisparr, or could after its exclusion is removed. @param {any} status */
  function canAdd(status) {
    return Boolean(status && (status.can_add || status.is_excluded));
  }

  /** Return the percentage of a download, to append to its status. @param {{kind: string, percent: number | null}} status */
  function formatPercent({ kind, percent }) {
    return kind === "downloading" && percent !== null ? ` ${Math.round(percent)} %` : "";
  }

  /**
   * Return a text of Whisparr with its times formatted for the reader.
   * @param {string} text
   * @param {(moment: string) => string} format
   */
  function formatMoments(text, format) {
    return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, (moment) => format(moment) || moment);
  }

  const SETTINGS = /** @type {Record<string, string>} */ ({ profile: "whisparrQualityProfile", root_folder: "whisparrRootFolder", search: "whisparrSearchOnAdd" });

  /** Return how many scenes an add has, with those that the user wants although they would be left out, and whether it can begin. @param {any} options null while they are loading @param {any} chosen */
  function readAdd(options, chosen) {
    if (!options) return { count: 0, canAdd: false };
    const count = options.count + (chosen.excluded ? options.excluded : 0) + (chosen.owned ? options.owned : 0);
    return { count, canAdd: Boolean(count && chosen.profile && chosen.root_folder) };
  }

  /** Return the settings that the choices of the dialog change. @param {Record<string, unknown>} saved @param {Record<string, unknown>} chosen */
  function listChangedSettings(saved, chosen) {
    return Object.fromEntries(Object.keys(SETTINGS).filter((name) => saved[name] !== chosen[name]).map((name) => [SETTINGS[name], chosen[name]]));
  }

  /** Return the key of a scene's number in one of several Whisparrs. @param {string} id @param {any} status */
  function makeNumberKey(id, status) {
    return status.whisparr ? `${id}@${status.whisparr}` : id;
  }

  /** Return the ids of those scenes that one of the Whisparrs has. @param {string[]} ids @param {Record<string, unknown>} numbers */
  function listKnownIds(ids, numbers) {
    const known = new Set(Object.keys(numbers).map((key) => key.split("@")[0]));
    return ids.filter((id) => known.has(id));
  }

  /** Return choices with the present value among them. @param {{value: string, label: string}[]} choices @param {string} present */
  function listWithPresent(choices, present) {
    return choices.some(({ value }) => value === present) ? choices : [...choices, { value: present, label: present }];
  }

  /** Return the tags of a typed text. @param {string} text */
  function splitTags(text) {
    return text.split(",").map((tag) => tag.trim()).filter(Boolean);
  }

  /** Return the row that is saved for one Whisparr; the saved key stays if none is typed. @param {any} draft */
  function makeWhisparrRow({ has_key: _has, ...row }) {
    return { ...row, name: row.name.trim(), url: row.url.trim() };
  }

  /** Return true if a Whisparr has all that it needs to be tested and saved. @param {any} draft */
  function isWhisparrRowComplete(draft) {
    return Boolean(draft.name.trim() && draft.url.trim() && (draft.api_key || draft.has_key));
  }

  const core = { makeNumberKey, listKnownIds, listWithPresent, splitTags, makeWhisparrRow, isWhisparrRowComplete, readAdd, listChangedSettings, makeEntityArgs, countUnasked, canAdd, formatPercent, formatMoments };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
