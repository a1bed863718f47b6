// Lists of words as they are typed and shown. Pure.
(function (root) {
  "use strict";

  /** Words typed one per line or with commas between, each once. @param {string} text */
  function splitWords(text) {
    const words = text.split(/[\n,]/).map((word) => word.trim());
    return [...new Set(words.filter(Boolean))];
  }

  /** Groups with a text in one of their words, by name. @param {Record<string, string[]>} synonyms @param {string} text */
  function listGroups(synonyms, text) {
    const wanted = text.trim().toLowerCase();
    const groups = Object.entries(synonyms).map(([name, others]) => ({ name, others }));
    const found = groups.filter(({ name, others }) => [name, ...others].some((word) => word.toLowerCase().includes(wanted)));
    return found.sort((a, b) => a.name.localeCompare(b.name));
  }

  /**
   * What to change for a group that was edited. A group that has its new name already takes the words in.
   * @param {Record<string, string[]>} synonyms @param {string} before the name it had, or "" @param {string} name @param {string[]} others
   */
  function changeGroup(synonyms, before, name, others) {
    const joined = name !== before && synonyms[name] ? [...synonyms[name], ...others] : others;
    const words = [...new Set(joined)].filter((word) => word !== name);
    return { put: { [name]: words }, remove: before && before !== name ? [before] : [] };
  }

  /** Whether an entry is a pattern, as the backend reads it. @param {string} entry */
  function isPattern(entry) {
    return entry.length > 2 && entry.startsWith("/") && entry.endsWith("/");
  }

  /** Why an entry cannot be used, or "": problems name patterns, without the slashes around them. @param {{text: string, message: string}[]} problems @param {string} entry */
  function explainEntry(problems, entry) {
    const pattern = isPattern(entry) ? entry.slice(1, -1) : entry.toLowerCase();
    const found = problems.find((one) => one.text === pattern || one.text === entry);
    return found ? found.message : "";
  }

  /** @param {string[]} entries @param {string} text @returns {string[]} */
  function filterEntries(entries, text) {
    const wanted = text.trim().toLowerCase();
    return entries.filter((entry) => entry.toLowerCase().includes(wanted));
  }

  /** One page of a list, and the page it really is. @template T @param {T[]} rows @param {number} page @param {number} size */
  function cutPage(rows, page, size) {
    const last = Math.max(1, Math.ceil(rows.length / size));
    const shown = Math.min(page, last);
    return { page: shown, rows: rows.slice((shown - 1) * size, shown * size) };
  }

  const core = { splitWords, listGroups, changeGroup, isPattern, explainEntry, filterEntries, cutPage };
  if (root.StashBundleKit) root.StashBundleKit.tagging.wordsCore = core;
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
