// Texts in the reader's language: dictionaries, placeholders and plurals. Pure.
(function (root) {
  "use strict";

  const FALLBACK = "en";

  /**
   * Return the language that fits a locale best: for "de-AT" that is "de-AT", else "de", else English.
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
  function formatPlaceholder(value, locale) {
    return typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : String(value);
  }

  /**
   * Return a dictionary entry with its {placeholders} filled; an object has plural forms, chosen by `count`.
   * @param {StashBundle.Entry} entry
   * @param {StashBundle.Values} [values]
   * @param {string} [locale]
   */
  function formatText(entry, values = {}, locale = FALLBACK) {
    return chooseForm(entry, values, locale).replace(/\{(\w+)\}/g, (whole, name) =>
      name in values ? formatPlaceholder(values[name], locale) : whole,
    );
  }

  /**
   * Return the function that components call `t`: it returns the text of a key in the locale's language, else in English, else the
   * fallback or the key.
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
   * Return dictionaries merged language by language; later ones replace texts of earlier ones.
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
