// Values of settings: defaults, typed text, and what is saved. Pure.
(function (root) {
  "use strict";

  /**
   * Return the value that a setting has: the saved one, else its default.
   * @param {StashBundle.SettingRow} row
   * @param {Record<string, unknown>} values
   */
  function chooseSettingValue(row, values) {
    const saved = values[row.key];
    return saved === undefined || saved === null ? row.default : saved;
  }

  /**
   * Return the value of a text typed for a setting (null for its default), or the text key of the problem.
   * @param {StashBundle.SettingRow} row
   * @param {string} text
   * @returns {{value: unknown} | {problem: string, values: StashBundle.Values}}
   */
  function parseSetting(row, text) {
    const typed = text.trim();
    if (typed === "") return { value: null };
    if (row.type !== "NUMBER") return { value: typed };
    const value = Number(typed.replace(",", "."));
    if (Number.isNaN(value)) return { problem: "settings.not_a_number", values: { text: typed } };
    if (row.minimum !== null && value < row.minimum) return { problem: "settings.too_small", values: { limit: row.minimum } };
    if (row.maximum !== null && value > row.maximum) return { problem: "settings.too_large", values: { limit: row.maximum } };
    return { value };
  }

  /**
   * Return all settings of a plugin after changes; null removes a key, so that its default applies.
   * @param {Record<string, unknown>} map
   * @param {Record<string, unknown>} changes
   */
  function mergeSettings(map, changes) {
    const kept = Object.entries({ ...map, ...changes }).filter(([, value]) => value !== null && value !== undefined);
    return Object.fromEntries(kept);
  }

  /**
   * Return the address without its path; empty if it is none.
   * @param {unknown} address
   */
  function readOrigin(address) {
    const text = String(address || "").trim();
    try {
      return text ? new URL(text.includes("://") ? text : `http://${text}`).origin : "";
    } catch {
      return "";
    }
  }

  /**
   * Return the saved keys that changed settings would send to another server, as nulls that remove them. A key that is entered with the new
   * address stays.
   * @param {StashBundle.SettingRow[]} rows
   * @param {Record<string, unknown>} values
   * @param {Record<string, unknown>} changes
   * @returns {Record<string, null>}
   */
  function removeKeysElsewhere(rows, values, changes) {
    const moved = rows.filter((row) => {
      if (!row.secret || !row.address || !(row.address in changes) || !values[row.key] || changes[row.key]) return false;
      const before = readOrigin(values[row.address]);
      return before !== "" && readOrigin(changes[row.address]) !== before;
    });
    return Object.fromEntries(moved.map((row) => [row.key, null]));
  }

  /**
   * Return the settings whose label, text or key contains all words of a search.
   * @param {StashBundle.SettingRow[]} rows
   * @param {string} text
   */
  function findSettings(rows, text) {
    const wanted = text.toLowerCase().split(/\s+/);
    return rows.filter((row) => {
      const all = `${row.label} ${row.help} ${row.key}`.toLowerCase();
      return wanted.every((word) => all.includes(word));
    });
  }

  const core = { chooseSettingValue, parseSetting, mergeSettings, removeKeysElsewhere, findSettings };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
