// The filters of the list. Each is declared once, in FILTERS; the inputs, the address and the backend's arguments follow from it. Pure.
(function (root) {
  "use strict";

  const GENDERS = ["FEMALE", "MALE", "TRANSGENDER_FEMALE", "TRANSGENDER_MALE", "INTERSEX", "NON_BINARY"];
  const OWN_FILTER = { performer: "performers", studio: "studios", tag: "tags" };
  const OWN_SCOPE = { favorite_performers: "performers", favorite_studios: "studios", favorite_tags: "tags" };
  /**
   * @typedef {object} Filter
   * @property {string} name where the value is kept, and the input's text `filter.<name>`
   * @property {"text" | "date" | "number" | "choice" | "switch"} input
   * @property {string[]} [choices] of a choice, with texts `gender.<value>`
   * @property {string} [favorites] a switch above the others, not on pages of this kind
   * @property {(value: any) => [string, unknown]} [makeArg] the backend's argument, if it is not `[name, value]`
   */

  /** Return the argument for a filter in minutes; the backend takes seconds. @param {string} name @returns {(value: any) => [string, number]} */
  const toSeconds = (name) => (value) => [name, Math.round(Number(value) * 60)];
  /** Return the argument for a filter that is a number. @param {string} name @returns {(value: any) => [string, number]} */
  const toNumber = (name) => (value) => [name, Number(value)];
  /** @type {Filter[]} in the order of the inputs */
  const FILTERS = [
    { name: "filter_favorite_performers", input: "switch", favorites: "performers" },
    { name: "filter_favorite_studios", input: "switch", favorites: "studios" },
    { name: "filter_favorite_tags", input: "switch", favorites: "tags" },
    { name: "text", input: "text" },
    { name: "date_from", input: "date" },
    { name: "date_to", input: "date" },
    { name: "min_minutes", input: "number", makeArg: toSeconds("min_duration") },
    { name: "max_minutes", input: "number", makeArg: toSeconds("max_duration") },
    { name: "min_performers", input: "number", makeArg: toNumber("min_performers") },
    { name: "max_performers", input: "number", makeArg: toNumber("max_performers") },
    { name: "performer_gender", input: "choice", choices: GENDERS },
    { name: "show_unlinked", input: "switch" },
    { name: "show_ignored", input: "switch" },
    { name: "show_excluded", input: "switch", makeArg: () => ["excluded_tags", []] },
  ];
  // The filters under "More filters".
  const MORE_FILTERS = FILTERS.filter((filter) => !filter.favorites);

  /** Return the favorites filters of a page, without that of its own kind, which would select all scenes or none. @param {string} entityType */
  function listFavoriteFilters(entityType) {
    const own = /** @type {Record<string, string>} */ ({ ...OWN_FILTER, ...OWN_SCOPE })[entityType];
    return FILTERS.filter((filter) => filter.favorites && filter.favorites !== own);
  }

  /** Return true if a filter is not set. @param {unknown} value */
  function isUnset(value) {
    return value === "" || value === false || value === null || value === undefined;
  }

  /** Return the number of filters under "More filters" that are set. @param {Record<string, unknown>} filters */
  function countMoreFilters(filters) {
    return MORE_FILTERS.filter(({ name }) => Boolean(filters[name])).length;
  }

  /** Return the filters without those under "More filters". @param {Record<string, any>} filters */
  function dropMoreFilters(filters) {
    return Object.fromEntries(Object.entries(filters).filter(([name]) => !MORE_FILTERS.some((filter) => filter.name === name)));
  }

  /**
   * Return the arguments of the backend for the filters that are set and apply to this kind of page.
   * @param {Record<string, any>} filters
   * @param {string} entityType
   */
  function makeFilterArgs(filters, entityType) {
    const allowed = [...listFavoriteFilters(entityType), ...MORE_FILTERS].filter(({ name }) => !isUnset(filters[name]));
    const args = allowed.map(({ name, makeArg }) => (makeArg ? makeArg(filters[name]) : [name, filters[name]]));
    const plain = ["created_since", ...(entityType === "studio" ? ["include_network"] : [])];
    return Object.fromEntries([...args, ...plain.filter((name) => !isUnset(filters[name])).map((name) => [name, filters[name]])]);
  }

  /** Return the filters in an address, null for none. @param {URLSearchParams} words */
  function readFilters(words) {
    const said = FILTERS.filter(({ name, input }) => (input === "switch" ? words.get(name) === "1" : words.get(name)));
    return said.length ? Object.fromEntries(said.map(({ name, input }) => [name, input === "switch" || words.get(name)])) : null;
  }

  /** Return all filters as a change of an address; those that are off are removed from it. @param {Record<string, any>} filters */
  function formatFilters(filters) {
    return Object.fromEntries(FILTERS.map(({ name }) => [name, filters[name] || ""]));
  }

  const core = { GENDERS, OWN_FILTER, FILTERS, MORE_FILTERS, listFavoriteFilters, countMoreFilters, dropMoreFilters, makeFilterArgs, readFilters, formatFilters };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
