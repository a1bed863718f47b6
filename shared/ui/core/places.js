// Places: which page an address is, where Stash keeps its button rows, what a Stash version can do. Pure.
(function (root) {
  "use strict";

  /** @type {Record<string, StashBundle.EntityKind>} */
  const KINDS = { performers: "performer", studios: "studio", tags: "tag", scenes: "scene" };

  // The one place that knows Stash's markup. While an entity is edited its row belongs to the form, so it does not count.
  const BUTTON_ROWS = {
    performer: "#performer-page .detail-header:not(.edit) .details-edit",
    studio: "#studio-page .detail-header:not(.edit) .details-edit",
    tag: "#tag-page .detail-header:not(.edit) .details-edit",
    scene: ".scene-toolbar .scene-toolbar-group:last-child, .scene-tabs .nav-tabs > .btn-group", // the latter in 0.25
  };

  /**
   * The entity a path inside Stash shows, or null: "/performers/12/scenes" is performer 12, "/performers/new" is nobody.
   * @param {string} path
   * @returns {StashBundle.Entity | null}
   */
  function matchEntity(path) {
    const found = /^\/(performers|studios|tags|scenes)\/(\d+)(?:\/|$)/.exec(path);
    return found ? { kind: KINDS[found[1]], id: found[2] } : null;
  }

  /** @param {StashBundle.Entity | null} entity */
  function entityKey(entity) {
    return entity ? `${entity.kind}:${entity.id}` : "";
  }

  /**
   * The numbers of a version; a build after a release ("v0.30.1-19-gabc") counts as the next minor release.
   * @param {string | null | undefined} version
   * @returns {{major: number, minor: number} | null}
   */
  function parseVersion(version) {
    const found = /^v?(\d+)\.(\d+)(?:\.\d+)?(-\d+-g[0-9a-f]+)?/.exec(version || "");
    if (!found) return null;
    return { major: Number(found[1]), minor: Number(found[2]) + (found[3] ? 1 : 0) };
  }

  /**
   * Whether a Stash is at least a release ("0.30"); a version nobody can read is taken for a new one.
   * @param {string | null | undefined} version
   * @param {string} release
   */
  function isAtLeast(version, release) {
    const have = parseVersion(version);
    const need = parseVersion(release);
    if (!have || !need) return true;
    return have.major !== need.major ? have.major > need.major : have.minor >= need.minor;
  }

  /**
   * The needs a Stash does not meet, in the order given.
   * @param {StashBundle.Need[]} needs
   * @param {string | null | undefined} version
   */
  function listUnmetNeeds(needs, version) {
    return needs.filter((need) => !isAtLeast(version, need.since));
  }

  /**
   * The path of a page with one of its tabs; the first tab is the page itself.
   * @param {string} base
   * @param {string[]} tabs
   * @param {string} tab
   */
  function tabPath(base, tabs, tab) {
    return tab === tabs[0] ? base : `${base}/${tab}`;
  }

  /**
   * The open tab of a path; an unknown one opens the first.
   * @param {string} base
   * @param {string[]} tabs
   * @param {string} path
   */
  function tabOf(base, tabs, path) {
    const rest = path.slice(base.length).split("/")[1] || "";
    return tabs.includes(rest) ? rest : tabs[0];
  }

  const core = { BUTTON_ROWS, matchEntity, entityKey, parseVersion, isAtLeast, listUnmetNeeds, tabPath, tabOf };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
