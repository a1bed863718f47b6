// Texts in the reader's language: dictionaries, placeholders and plurals. Pure.
(function (root) {
  "use strict";

  const FALLBACK = "en";

  /**
   * The language of the dictionaries that fits a locale best: "de-AT" finds "de-AT", then "de", then English.
   * @param {string[]} languages
   * @param {string} locale
   */
  function pickLanguage(languages, locale) {
    const wanted = locale.toLowerCase();
    const exact = languages.find((language) => language.toLowerCase() === wanted);
    const related = languages.find((language) => language.toLowerCase() === wanted.split("-")[0]);
    return exact || related || FALLBACK;
  }

  /**
   * @param {StashBundle.Entry} entry
   * @param {StashBundle.Values} values
   * @param {string} locale
   */
  function chooseForm(entry, values, locale) {
    if (typeof entry === "string") return entry;
    const form = new Intl.PluralRules(locale).select(Number(values.count));
    return entry[form] || entry.other;
  }

  /**
   * @param {unknown} value
   * @param {string} locale
   */
  function showPlaceholder(value, locale) {
    return typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : String(value);
  }

  /**
   * A dictionary entry with its {placeholders} filled; an object holds the plural forms, chosen by `count`.
   * @param {StashBundle.Entry} entry
   * @param {StashBundle.Values} [values]
   * @param {string} [locale]
   */
  function formatText(entry, values = {}, locale = FALLBACK) {
    return chooseForm(entry, values, locale).replace(/\{(\w+)\}/g, (whole, name) =>
      name in values ? showPlaceholder(values[name], locale) : whole,
    );
  }

  /**
   * A function from key and values to text: the locale's language first, English where a text is missing, else the key.
   * @param {StashBundle.Dictionaries} dictionaries
   * @param {string} locale
   * @returns {StashBundle.Translate}
   */
  function makeTranslate(dictionaries, locale) {
    const own = dictionaries[pickLanguage(Object.keys(dictionaries), locale)] || {};
    const english = dictionaries[FALLBACK] || {};
    return (key, values, fallback = key) => {
      if (key in own) return formatText(own[key], values, locale);
      if (key in english) return formatText(english[key], values, FALLBACK);
      return fallback;
    };
  }

  /**
   * Dictionaries laid over each other, language by language.
   * @param {...StashBundle.Dictionaries} layers
   */
  function mergeDictionaries(...layers) {
    /** @type {StashBundle.Dictionaries} */
    const merged = {};
    for (const layer of layers) {
      for (const language of Object.keys(layer)) merged[language] = { ...merged[language], ...layer[language] };
    }
    return merged;
  }

  const core = { pickLanguage, formatText, makeTranslate, mergeDictionaries };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
