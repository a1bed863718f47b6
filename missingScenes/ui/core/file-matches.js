// What the page says about a file that is a scene of the box, and which match a planned link is about. Pure.
(function (root) {
  "use strict";

  /** Return the key of the text that says what proves a match, or why it is only probable. @param {{by: string, distance: number, doubt: string}} evidence */
  function chooseProofText({ by, distance, doubt }) {
    if (doubt) return `files.doubt.${doubt}`;
    if (by === "oshash") return "files.proof.same";
    return distance ? "files.proof.near" : "files.proof.picture";
  }

  /**
   * Return the arguments of the operation `file_match` for an item of a plan that links a local scene, null for other items.
   * @param {any[]} changes
   */
  function findPlannedMatch(changes) {
    const change = changes.find((one) => one.field === "stash_ids" && one.item.kind === "scene");
    const link = change && (change.after || change.before);
    return link ? { endpoint: link.endpoint, scene_id: link.stash_id, local_id: change.item.id } : null;
  }

  const core = { chooseProofText, findPlannedMatch };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
