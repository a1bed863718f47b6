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
   * Return the arguments of the operation `file_match` for each link in an item of a plan; a local scene may be linked to several boxes.
   * @param {any[]} changes
   */
  function listPlannedMatches(changes) {
    const links = changes.filter((one) => one.field === "stash_ids" && one.item.kind === "scene" && (one.after || one.before));
    return links.map(({ item, after, before }) => ({ endpoint: (after || before).endpoint, scene_id: (after || before).stash_id, local_id: item.id }));
  }

  const core = { chooseProofText, listPlannedMatches };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
