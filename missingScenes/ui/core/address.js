// The browse page's filters in its address, so that a link leads to the same list: pure.
(function (root) {
  "use strict";

  const SCOPES = ["favorite_performers", "favorite_studios", "favorite_tags", "box"];
  const TICKS = ["filter_favorite_performers", "filter_favorite_studios", "filter_favorite_tags", "show_ignored", "show_excluded"];
  const TEXTS = ["text", "date_from", "date_to", "min_minutes", "max_minutes", "min_performers", "max_performers", "performer_gender"];

  /**
   * What an address asks for. `filters` is null when it says nothing about them.
   * @param {string} search
   * @returns {{scope: string, isNewOnly: boolean, sort: string, endpoint: string, filters: Record<string, any> | null}}
   */
  function readAddress(search) {
    const words = new URLSearchParams(search);
    const asked = words.get("of") || "";
    const ticks = TICKS.filter((name) => words.get(name) === "1").map((name) => [name, true]);
    const texts = TEXTS.filter((name) => words.get(name)).map((name) => [name, words.get(name)]);
    const filters = Object.fromEntries([...ticks, ...texts]);
    return {
      scope: SCOPES.includes(asked) ? asked : SCOPES[0],
      isNewOnly: words.get("new") === "1",
      sort: words.get("sort") || "",
      endpoint: words.get("box") || "",
      filters: ticks.length + texts.length ? filters : null,
    };
  }

  /**
   * The address with some words changed; what is empty or off is left out. Other words stay.
   * @param {string} search
   * @param {Record<string, unknown>} part
   */
  function changeAddress(search, part) {
    const words = new URLSearchParams(search);
    for (const [name, value] of Object.entries(part)) {
      if (value === true) words.set(name, "1");
      else if (value) words.set(name, String(value));
      else words.delete(name);
    }
    return words.toString();
  }

  /** All filters as a part of an address; those that are off take theirs away. @param {Record<string, any>} filters */
  function spellFilters(filters) {
    return Object.fromEntries([...TICKS, ...TEXTS].map((name) => [name, filters[name] || ""]));
  }

  const core = { SCOPES, readAddress, changeAddress, spellFilters };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
