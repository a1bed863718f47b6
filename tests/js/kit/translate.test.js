"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const test = require("node:test");
const { kitFiles, kitPath, loadCore } = require("../harness/shipped.js");

const translate = loadCore("translate");
const COUNTED = { one: "{count} tag", other: "{count} tags" };

for (const [locale, language] of [
  ["de-AT", "de"],
  ["de", "de"],
  ["pt-BR", "pt-BR"],
  ["fr-FR", "en"],
]) {
  test(`a reader with the locale ${locale} gets texts in ${language}`, () => {
    assert.equal(translate.pickLanguage(["en", "de", "pt-BR"], locale), language);
  });
}

test("plural forms follow the count, and numbers follow the locale", () => {
  assert.equal(translate.formatText(COUNTED, { count: 1 }, "en"), "1 tag");
  assert.equal(translate.formatText(COUNTED, { count: 1234 }, "de"), "1.234 tags");
});

test("a placeholder without a value stays visible", () => {
  assert.equal(translate.formatText("{name} and {other}", { name: "Ada" }), "Ada and {other}");
});

test("a missing text is replaced by the English one, then by the fallback, then by the key", () => {
  const t = translate.makeTranslate({ en: { hello: "Hello {name}" }, de: {} }, "de-DE");
  assert.equal(t("hello", { name: "Ada" }), "Hello Ada");
  assert.equal(t("unknown.key"), "unknown.key");
  assert.equal(t("unknown.key", {}, "unknown"), "unknown");
});

test("a plugin's texts replace those of the kit, language by language", () => {
  const merged = translate.mergeDictionaries({ en: { a: "1", b: "2" } }, { en: { b: "3" }, de: { a: "4" } });
  assert.deepEqual(merged, { en: { a: "1", b: "3" }, de: { a: "4" } });
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
