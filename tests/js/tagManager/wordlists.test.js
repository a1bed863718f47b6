"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const words = require(path.join(__dirname, "..", "..", "..", "tagManager", "ui", "core", "wordlists.js"));

for (const [text, list] of [["a, b\nc", ["a", "b", "c"]], [" a ,,\n a ", ["a"]], ["", []]]) {
  test(`"${text.replace(/\n/g, "⏎")}" is ${list.length} words`, () => assert.deepEqual(words.splitWords(text), list));
}

test("groups are found by any of their words and sorted by name", () => {
  const groups = { Walk: ["stroll"], Rain: ["Drizzle", "walking weather"], Fog: ["mist"] };
  assert.deepEqual(words.listGroups(groups, "walk").map((one) => one.name), ["Rain", "Walk"]);
});

for (const [what, before, name, others, change] of [
  ["new", "", "Fog", ["mist"], { put: { Fog: ["mist"] }, remove: [] }],
  ["edited", "Rain", "Rain", ["wet", "Rain"], { put: { Rain: ["wet"] }, remove: [] }],
  ["renamed", "Rain", "Drizzle", ["wet"], { put: { Drizzle: ["wet"] }, remove: ["Rain"] }],
  ["renamed onto another", "Rain", "Walk", ["wet"], { put: { Walk: ["stroll", "wet"] }, remove: ["Rain"] }],
]) {
  test(`a ${what} group sends only its own changes`, () => {
    assert.deepEqual(words.changeGroup({ Rain: ["drizzle"], Walk: ["stroll"] }, before, name, others), change);
  });
}

for (const [entry, isPattern] of [["/^a/", true], ["//", false], ["/a", false], ["a", false]]) {
  test(`${entry} ${isPattern ? "is" : "is not"} a pattern`, () => assert.equal(words.isPattern(entry), isPattern));
}

test("a page behind the last one is the last one", () => {
  assert.deepEqual(words.cutPage([1, 2, 3], 5, 2), { page: 2, rows: [3] });
  assert.deepEqual(words.cutPage([], 1, 2), { page: 1, rows: [] });
});

for (const [entry, why] of [["/(a/", "no end"], ["X(", "broken"], ["fine", ""]]) {
  test(`${entry} ${why ? `is refused: ${why}` : "has no problem"}`, () => {
    assert.equal(words.explainEntry([{ text: "(a", message: "no end" }, { text: "x(", message: "broken" }], entry), why);
  });
}
