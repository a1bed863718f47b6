"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const test = require("node:test");
const { kitFiles, kitPath, loadCore } = require("../harness/shipped.js");

const text = loadCore("text");
const WORDS = { empty: "(empty)", yes: "yes", no: "no" };
const COUNTED = { one: "{count} tag", other: "{count} tags" };

for (const [locale, language] of [
  ["de-AT", "de"],
  ["de", "de"],
  ["pt-BR", "pt-BR"],
  ["fr-FR", "en"],
]) {
  test(`a reader with ${locale} gets ${language}`, () => {
    assert.equal(text.pickLanguage(["en", "de", "pt-BR"], locale), language);
  });
}

test("plural forms follow the count and numbers the locale", () => {
  assert.equal(text.formatText(COUNTED, { count: 1 }, "en"), "1 tag");
  assert.equal(text.formatText(COUNTED, { count: 1234 }, "de"), "1.234 tags");
});

test("a placeholder without a value stays visible", () => {
  assert.equal(text.formatText("{name} and {other}", { name: "Ada" }), "Ada and {other}");
});

test("a missing text falls back to English, then to its key", () => {
  const t = text.makeTranslate({ en: { hello: "Hello {name}" }, de: {} }, "de-DE");
  assert.equal(t("hello", { name: "Ada" }), "Hello Ada");
  assert.equal(t("unknown.key"), "unknown.key");
});

test("a plugin's words are laid over the kit's, language by language", () => {
  const merged = text.mergeDictionaries({ en: { a: "1", b: "2" } }, { en: { b: "3" }, de: { a: "4" } });
  assert.deepEqual(merged, { en: { a: "1", b: "3" }, de: { a: "4" } });
});

for (const [value, shown] of [
  [null, "(empty)"],
  ["", "(empty)"],
  [[], "(empty)"],
  [true, "yes"],
  [0, "0"],
  [["a", "b"], "a, b"],
  [{ a: 1 }, '{"a":1}'],
  ["x".repeat(300), "x".repeat(199) + "…"],
]) {
  test(`the value ${JSON.stringify(value).slice(0, 20)} reads ${shown.slice(0, 20)}`, () => {
    assert.equal(text.formatValue(value, WORDS), shown);
  });
}

test("no date and an unreadable date are shown as nothing", () => {
  assert.equal(text.formatMoment(null), "");
  assert.equal(text.formatMoment("soon"), "");
  assert.match(text.formatMoment("2025-03-01T10:00:00Z", "en"), /Mar 1, 2025/);
});

function readDictionaries() {
  const window = { StashBundleKit: { dictionaries: {} } };
  for (const name of kitFiles().filter((file) => file.startsWith("words/"))) {
    new Function("window", fs.readFileSync(kitPath(name), "utf8"))(window);
  }
  return window.StashBundleKit.dictionaries;
}

const dictionaries = readDictionaries();
for (const [language, words] of Object.entries(dictionaries)) {
  test(`${language} has the same keys and placeholders as English`, () => {
    assert.deepEqual(Object.keys(words), Object.keys(dictionaries.en));
  });
}
