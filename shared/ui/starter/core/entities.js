// The entity that a page of Stash shows. Pure.
(function (root) {
  "use strict";

  /**
   * Return the entity that a path inside Stash shows, else null: "/performers/12/scenes" is performer 12, "/performers/new" none.
   * @param {string} path
   * @returns {StashBundle.Entity | null}
   */
  function matchEntity(path) {
    const found = /^\/(performers|studios|tags|scenes)\/(\d+)(?:\/|$)/.exec(path);
    return found ? { kind: /** @type {StashBundle.EntityKind} */ (found[1].slice(0, -1)), id: found[2] } : null;
  }

  const core = { matchEntity };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
