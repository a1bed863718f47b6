"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const settings = loadCore("setting-values");
const NUMBER = { key: "n", type: "NUMBER", default: 5, minimum: 0, maximum: 10 };
const TEXT = { key: "t", type: "STRING", default: "x", minimum: null, maximum: null };

for (const [row, text, result] of [
  [NUMBER, " 3 ", { value: 3 }],
  [NUMBER, "0,5", { value: 0.5 }],
  [NUMBER, "", { value: null }],
  [NUMBER, "three", { problem: "settings.not_a_number", values: { text: "three" } }],
  [NUMBER, "-1", { problem: "settings.too_small", values: { limit: 0 } }],
  [NUMBER, "11", { problem: "settings.too_large", values: { limit: 10 } }],
  [TEXT, "  a b ", { value: "a b" }],
  [TEXT, "   ", { value: null }],
]) {
  test(`“${text}” for a ${row.type} setting is parsed into ${JSON.stringify(result)}`, () => {
    assert.deepEqual(settings.parseSetting(row, text), result);
  });
}

test("an unset setting has its default as value; zero and false are set", () => {
  assert.equal(settings.chooseSettingValue(NUMBER, {}), 5);
  assert.equal(settings.chooseSettingValue(NUMBER, { n: 0 }), 0);
  assert.equal(settings.chooseSettingValue({ ...NUMBER, default: true }, { n: false }), false);
});

test("saving a setting keeps the others, and null removes one", () => {
  assert.deepEqual(settings.mergeSettings({ a: 1, b: 2, other: 3 }, { a: 5, b: null }), { a: 5, other: 3 });
});

const KEY = { key: "k", secret: true, address: "url", type: "STRING" };
const SAVED = { url: "http://box:32400/", k: "secret" };

for (const [changes, removed] of [
  [{ url: "http://other:32400" }, { k: null }],
  [{ url: "box:32401" }, { k: null }],
  [{ url: null }, { k: null }],
  [{ url: "box:32400/path" }, {}],
  [{ url: "http://other", k: "new" }, {}],
  [{ t: "x" }, {}],
]) {
  test(`after saving ${JSON.stringify(changes)} these keys are removed: ${JSON.stringify(removed)}`, () => {
    assert.deepEqual(settings.removeKeysElsewhere([TEXT, KEY], SAVED, changes), removed);
  });
}

test("settings are found by words of their label, text or key", () => {
  const rows = [
    { key: "fuzzyThreshold", label: "Fuzzy Threshold", help: "How similar a name has to be." },
    { key: "pageSize", label: "Page Size", help: "Tags on one page." },
  ];
  const find = (text) => settings.findSettings(rows, text).map((row) => row.key);
  assert.deepStrictEqual([find(""), find("SIMILAR name"), find("page"), find("pagesize tags"), find("none of them")], [["fuzzyThreshold", "pageSize"], ["fuzzyThreshold"], ["pageSize"], ["pageSize"], []]);
});
