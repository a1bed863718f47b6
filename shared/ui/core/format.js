// Dates and values of changes as text. Pure.
(function (root) {
  "use strict";

  const FALLBACK = "en";
  const LONGEST_VALUE = 200;

  /**
   * Return a time in the reader's time zone, "" for none.
   * @param {string | null | undefined} moment
   * @param {string} [locale]
   */
  function formatMoment(moment, locale = FALLBACK) {
    if (!moment || Number.isNaN(Date.parse(moment))) return "";
    return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(moment));
  }

  /** @param {string} text */
  function shorten(text) {
    return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
  }

  /**
   * Return a value of a change as one line of text; `words` has the texts for no value and for booleans.
   * @param {unknown} value
   * @param {{empty: string, yes: string, no: string}} words
   * @returns {string}
   */
  function formatValue(value, words) {
    if (value === null || value === undefined || value === "") return words.empty;
    if (value === true) return words.yes;
    if (value === false) return words.no;
    if (Array.isArray(value)) return value.length ? shorten(value.map((one) => formatValue(one, words)).join(", ")) : words.empty;
    return shorten(typeof value === "object" ? JSON.stringify(value) : String(value));
  }

  const core = { formatMoment, formatValue };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
