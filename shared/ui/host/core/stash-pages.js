// Stash's pages of performers, studios, tags and scenes: their keys and their button rows. Pure.
(function (root) {
  "use strict";

  // The selectors of Stash's button rows. While an entity is edited its row belongs to the form, so it is left out.
  const BUTTON_ROWS = {
    performer: "#performer-page .detail-header:not(.edit) .details-edit",
    studio: "#studio-page .detail-header:not(.edit) .details-edit",
    tag: "#tag-page .detail-header:not(.edit) .details-edit",
    scene: ".scene-toolbar .scene-toolbar-group:last-child, .scene-tabs .nav-tabs > .btn-group", // the latter in 0.25
  };

  /** Return a key that differs for every entity, "" without one. @param {StashBundle.Entity | null} entity */
  function makeEntityKey(entity) {
    return entity ? `${entity.kind}:${entity.id}` : "";
  }

  const core = { BUTTON_ROWS, makeEntityKey };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
