// Synonyms and blacklist entries: reading typed words, searching and paging lists. Pure.
(function (root) {
  "use strict";

  /** Returns the words of a text, separated by lines or commas, without duplicates. @param {string} text */
  function splitWords(text) {
    const words = text.split(/[\n,]/).map((word) => word.trim());
    return [...new Set(words.filter(Boolean))];
  }

  /** Returns the groups with a word that contains the text, sorted by name. @param {Record<string, string[]>} synonyms @param {string} text */
  function listGroups(synonyms, text) {
    const wanted = text.trim().toLowerCase();
    const groups = Object.entries(synonyms).map(([name, others]) => ({ name, others }));
    const found = groups.filter(({ name, others }) => [name, ...others].some((word) => word.toLowerCase().includes(wanted)));
    return found.sort((a, b) => a.name.localeCompare(b.name));
  }

  /**
   * Returns the arguments of `synonyms_change` for an edited group. If another group has the new name, the two are joined.
   * @param {Record<string, string[]>} synonyms @param {string} before the name it had, or "" @param {string} name @param {string[]} others
   */
  function changeGroup(synonyms, before, name, others) {
    const joined = name !== before && synonyms[name] ? [...synonyms[name], ...others] : others;
    const words = [...new Set(joined)].filter((word) => word !== name);
    return { put: { [name]: words }, remove: before && before !== name ? [before] : [] };
  }

  /** True if the backend reads an entry as a pattern. @param {string} entry */
  function isPattern(entry) {
    return entry.length > 2 && entry.startsWith("/") && entry.endsWith("/");
  }

  /** Returns why an entry cannot be used, or "". Problems name patterns without their slashes. @param {{text: string, message: string}[]} problems @param {string} entry */
  function explainEntry(problems, entry) {
    const pattern = isPattern(entry) ? entry.slice(1, -1) : entry.toLowerCase();
    const found = problems.find((one) => one.text === pattern || one.text === entry);
    return found ? found.message : "";
  }

  /** Returns the entries that contain the text. @param {string[]} entries @param {string} text @returns {string[]} */
  function filterEntries(entries, text) {
    const wanted = text.trim().toLowerCase();
    return entries.filter((entry) => entry.toLowerCase().includes(wanted));
  }

  /** Returns the rows of a page and its number; a page behind the last becomes the last. @template T @param {T[]} rows @param {number} page @param {number} size */
  function cutPage(rows, page, size) {
    const last = Math.max(1, Math.ceil(rows.length / size));
    const shown = Math.min(page, last);
    return { page: shown, rows: rows.slice((shown - 1) * size, shown * size) };
  }

  const core = { splitWords, listGroups, changeGroup, isPattern, explainEntry, filterEntries, cutPage };
  if (root.StashBundleKit) root.StashBundleKit.tagging.wordlistsCore = core;
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
