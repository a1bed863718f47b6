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

  const core = { chooseSettingValue, parseSetting, mergeSettings };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
