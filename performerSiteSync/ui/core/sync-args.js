// The arguments of an update task: ids typed by the user, and the scope. Pure.
(function (root) {
  "use strict";

  /**
   * Return the ids in a text of numbers and addresses of Stash's pages, each once, and the unknown words.
   * @param {string} text
   */
  function parseIds(text) {
    const words = text.split(/[\s,;]+/).filter(Boolean);
    const found = words.map((word) => /^(?:.*\/(?:performers|studios|scenes)\/)?(\d+)(?:[/?#].*)?$/.exec(word));
    return {
      ids: [...new Set(found.filter(Boolean).map((match) => /** @type {any} */ (match)[1]))],
      unknown: words.filter((_, index) => !found[index]),
    };
  }

  /** Return true if the scope of the Sync tab names what it needs: picked objects, or a filter that can be used. @param {any} choice */
  function isComplete({ scope, chosen, saved }) {
    if (scope === "saved") return Boolean(saved && !saved.problem);
    return !["chosen", "of_performer", "of_studio"].includes(scope) || chosen.length > 0;
  }

  /** Return the scope of scenes that belong to something, null for others. @param {any} choice */
  function makeSceneScope({ scope, ids, label, saved }) {
    if (scope === "saved") return { saved_filter_id: saved.id };
    if (scope === "of_performer") return { performer_id: Number(ids[0]), label };
    return scope === "of_studio" ? { studio_id: Number(ids[0]), label } : null;
  }

  /** Return the arguments of an update task for its scope. @param {any} choice */
  function makeScopeArgs(choice) {
    const { scope, ids } = choice;
    const sceneScope = makeSceneScope(choice);
    return {
      ...(sceneScope && { scope: sceneScope }),
      ...(scope === "favorites" && { favorites: true }),
      ...(scope === "unlinked" && { unlinked: true }),
      ...(scope === "chosen" && { ids: ids.map(Number) }),
    };
  }

  /**
   * Return the arguments of an update task for the choices of the Sync tab.
   * @param {{kind: string, scope: string, ids: string[], source: string, isFresh: boolean, isDry: boolean, isFilling?: boolean, isFinding?: boolean, label?: string, saved?: any}} choice
   */
  function makeUpdateArgs(choice) {
    const { kind, source, isFresh, isDry, isFilling, isFinding } = choice;
    return {
      ...(isDry && { dry_run: true }),
      ...(isFresh && { fresh: true }),
      ...(source && { source }),
      ...(kind === "scene" && isFilling && { fill: true }),
      ...(kind === "scene" && isFinding && { other_boxes: true }),
      ...makeScopeArgs(choice),
    };
  }

  const core = { parseIds, isComplete, makeUpdateArgs };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
