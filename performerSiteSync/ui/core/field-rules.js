// The settings fieldPolicies and fieldSources as text and as a map. Pure.
(function (root) {
  "use strict";

  /**
   * Return the rules of a setting, such as "country: ignore, hair_color: TPDB > StashDB", as a map from field to values.
   * @param {unknown} value
   * @returns {Record<string, string[]>}
   */
  function parseRules(value) {
    const rows = Array.isArray(value) ? value : String(value || "").split(/[,\n]/);
    const pairs = rows.map((row) => {
      const at = String(row).indexOf(":");
      const words = at < 0 ? [] : String(row).slice(at + 1).split(">");
      return /** @type {[string, string[]]} */ ([String(row).slice(0, Math.max(at, 0)).trim(), words.map((word) => word.trim()).filter(Boolean)]);
    });
    return Object.fromEntries(pairs.filter(([field, words]) => field && words.length));
  }

  /** Return the rules as the text that the setting stores; null for none, which is the default. @param {Record<string, string[]>} rules */
  function formatRules(rules) {
    const rows = Object.entries(rules).filter(([, words]) => words.length);
    return rows.length ? rows.map(([field, words]) => `${field}: ${words.join(" > ")}`).join(", ") : null;
  }

  /**
   * Return the rules with one field changed; without values the field has its default and is left out.
   * @param {Record<string, string[]>} rules
   * @param {string} field
   * @param {string[]} words
   */
  function changeRule(rules, field, words) {
    const kept = Object.entries(rules).filter(([name]) => name !== field);
    return Object.fromEntries(words.length ? [...kept, [field, words]] : kept);
  }

  const core = { parseRules, formatRules, changeRule };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
