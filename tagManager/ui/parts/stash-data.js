// Data of Stash itself: finding tags by name, and making Stash's own pages load again.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging } = kit;
  const MAX_OPTIONS = 20;
  const FIND_TAGS = "query FindTagsByName($q: String, $size: Int) { found: findTags(filter: {q: $q, per_page: $size, sort: \"name\"}) { tags { id name } } }";

  /** Returns the library's tags that match the text, as options of the chooser. @param {string} text @param {AbortSignal} signal */
  async function findLocalTags(text, signal) {
    const { found } = await kit.graphql(FIND_TAGS, { q: text, size: MAX_OPTIONS }, { signal });
    return found.tags.map((/** @type {any} */ tag) => ({ id: Number(tag.id), name: tag.name }));
  }

  /** Clears Stash's cache, so that its own pages show what the plugin changed. */
  const forgetPages = () => kit.forgetCached(["findTag", "findTags", "findScene", "findScenes"]);

  Object.assign(tagging, { findLocalTags, forgetPages });
})();
