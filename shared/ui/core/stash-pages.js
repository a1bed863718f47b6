// Stash's pages of performers, studios, tags and scenes: their addresses and their button rows. Pure.
(function (root) {
  "use strict";

  /** @type {Record<string, StashBundle.EntityKind>} */
  const KINDS = { performers: "performer", studios: "studio", tags: "tag", scenes: "scene" };
  // The selectors of Stash's button rows. While an entity is edited its row belongs to the form, so it is left out.
  const BUTTON_ROWS = {
    performer: "#performer-page .detail-header:not(.edit) .details-edit",
    studio: "#studio-page .detail-header:not(.edit) .details-edit",
    tag: "#tag-page .detail-header:not(.edit) .details-edit",
    scene: ".scene-toolbar .scene-toolbar-group:last-child, .scene-tabs .nav-tabs > .btn-group", // the latter in 0.25
  };

  /**
   * Return the entity that a path inside Stash shows, else null: "/performers/12/scenes" is performer 12, "/performers/new" none.
   * @param {string} path
   * @returns {StashBundle.Entity | null}
   */
  function matchEntity(path) {
    const found = /^\/(performers|studios|tags|scenes)\/(\d+)(?:\/|$)/.exec(path);
    return found ? { kind: KINDS[found[1]], id: found[2] } : null;
  }

  /** Return a key that differs for every entity, "" without one. @param {StashBundle.Entity | null} entity */
  function makeEntityKey(entity) {
    return entity ? `${entity.kind}:${entity.id}` : "";
  }

  const core = { BUTTON_ROWS, matchEntity, makeEntityKey };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
