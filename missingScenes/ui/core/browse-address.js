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

  // The usual lists of the Browse tab.
  const VIEWS = ["newest", "trending", "coming"];

  /** Return the day after a day such as "2026-03-01". @param {string} day */
  function findNextDay(day) {
    return new Date(Date.parse(day) + 86400000).toISOString().slice(0, 10);
  }

  /** Return order and filters of a usual list; other filters stay. @param {string} view @param {Record<string, any>} filters @param {string} today */
  function makeView(view, filters, today) {
    const sort = /** @type {Record<string, string>} */ ({ newest: "DATE", trending: "TRENDING", coming: "DATE:ASC" })[view];
    return { sort, filters: { ...filters, date_from: view === "coming" ? findNextDay(today) : "", date_to: "" } };
  }

  /** Return the usual list that order and filters are, "" for none. @param {{sort: string, filters: Record<string, any>}} state @param {string} today */
  function findView({ sort, filters }, today) {
    return VIEWS.find((view) => { const one = makeView(view, filters, today); return one.sort === sort && one.filters.date_from === (filters.date_from || ""); }) || "";
  }

  const core = { VIEWS, makeView, findView, SCOPES, readAddress, changeAddress };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
