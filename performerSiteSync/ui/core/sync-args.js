// The arguments of an update task: ids typed by the user, and the scope. Pure.
(function (root) {
  "use strict";

  /**
   * Numbers and addresses of Stash's pages as ids, each once; the rest is handed back.
   * @param {string} text
   */
  function parseIds(text) {
    const words = text.split(/[\s,;]+/).filter(Boolean);
    const found = words.map((word) => /^(?:.*\/(?:performers|studios)\/)?(\d+)(?:[/?#].*)?$/.exec(word));
    return {
      ids: [...new Set(found.filter(Boolean).map((match) => /** @type {any} */ (match)[1]))],
      unknown: words.filter((_, index) => !found[index]),
    };
  }

  /** The arguments of an update. @param {{kind: string, scope: string, ids: string[], source: string, isFresh: boolean, isDry: boolean}} choice */
  function makeUpdateArgs({ scope, ids, source, isFresh, isDry }) {
    return {
      ...(isDry && { dry_run: true }),
      ...(isFresh && { fresh: true }),
      ...(source && { source }),
      ...(scope === "favorites" && { favorites: true }),
      ...(scope === "unlinked" && { unlinked: true }),
      ...(scope === "chosen" && { ids: ids.map(Number) }),
    };
  }

  const core = { parseIds, makeUpdateArgs };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
