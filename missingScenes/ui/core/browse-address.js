// The scope, filters and order of the Browse tab in its address, so that a link leads to the same list. Pure.
(function (root) {
  "use strict";

  const SCOPES = ["favorite_performers", "favorite_studios", "favorite_tags", "box"];

  /**
   * Return the scope, order, box and filters of an address; `filters` is null without any.
   * @param {string} search
   * @param {(words: URLSearchParams) => Record<string, any> | null} readFilters
   * @returns {{scope: string, isNewOnly: boolean, sort: string, endpoint: string, filters: Record<string, any> | null}}
   */
  function readAddress(search, readFilters) {
    const words = new URLSearchParams(search);
    const asked = words.get("of") || "";
    return {
      scope: SCOPES.includes(asked) ? asked : SCOPES[0],
      isNewOnly: words.get("new") === "1",
      sort: words.get("sort") || "",
      endpoint: words.get("box") || "",
      filters: readFilters(words),
    };
  }

  /**
   * Return the query of an address with some parameters changed; empty ones are removed, others stay.
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

  const core = { SCOPES, readAddress, changeAddress };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
