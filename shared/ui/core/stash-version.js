// Comparison of Stash's version with the release that a feature needs. Pure.
(function (root) {
  "use strict";

  /**
   * Return the numbers of a version; a build after a release ("v0.30.1-19-gabc") counts as the next minor release.
   * @param {string | null | undefined} version
   * @returns {{major: number, minor: number} | null}
   */
  function parseVersion(version) {
    const found = /^v?(\d+)\.(\d+)(?:\.\d+)?(-\d+-g[0-9a-f]+)?/.exec(version || "");
    if (!found) return null;
    return { major: Number(found[1]), minor: Number(found[2]) + (found[3] ? 1 : 0) };
  }

  /**
   * Return true if a Stash is at least a release ("0.30"); a version that cannot be parsed counts as new.
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
   * Return the needs that a Stash does not meet, in the given order; the version notice shows them.
   * @param {StashBundle.Need[]} needs
   * @param {string | null | undefined} version
   */
  function listUnmetNeeds(needs, version) {
    return needs.filter((need) => !isAtLeast(version, need.since));
  }

  const core = { isAtLeast, listUnmetNeeds };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
