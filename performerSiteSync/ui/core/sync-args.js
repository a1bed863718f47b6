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

  /** Return the arguments of an update task for the choices of the Sync tab. @param {{kind: string, scope: string, ids: string[], source: string, isFresh: boolean, isDry: boolean, isFilling?: boolean}} choice */
  function makeUpdateArgs({ kind, scope, ids, source, isFresh, isDry, isFilling }) {
    return {
      ...(isDry && { dry_run: true }),
      ...(isFresh && { fresh: true }),
      ...(source && { source }),
      ...(kind === "scene" && isFilling && { fill: true }),
      ...(scope === "favorites" && { favorites: true }),
      ...(scope === "unlinked" && { unlinked: true }),
      ...(scope === "chosen" && { ids: ids.map(Number) }),
    };
  }

  const core = { parseIds, makeUpdateArgs };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
