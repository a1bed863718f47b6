"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const scope = require(path.join(__dirname, "..", "..", "..", "tagManager", "ui", "core", "scope.js"));
const query = (name, variables, count) => ({ queryName: name, variables, getCurrentResult: () => (count === undefined ? {} : { data: { findScenes: { count } } }) });

test("the filter of the list is read from the list's own query", () => {
  const queries = [query("FindTags", {}), query("FindScenes", { filter: { q: "rain", page: 2 }, scene_filter: { organized: true } }, 41)];
  assert.deepEqual(scope.readListFilter(queries), { filter: { organized: true }, text: "rain", count: 41 });
});

test("a list that has not answered has no count, and without a list there is no filter", () => {
  assert.deepEqual(scope.readListFilter([query("FindScenes", { filter: {} })]), { filter: {}, text: "", count: null });
  assert.equal(scope.readListFilter([query("FindTags", {})]), null);
});

for (const [list, isAll] of [[{ filter: {}, text: "" }, true], [{ filter: {}, text: "a" }, false], [{ filter: { organized: true }, text: "" }, false]]) {
  test(`${JSON.stringify(list)} ${isAll ? "is" : "is not"} the whole library`, () => assert.equal(scope.isUnfiltered(list), isAll));
}

for (const [kind, chosen, handed, expected] of [
  ["all", { id: 1, name: "Ada" }, null, {}],
  ["performer", { id: 1, name: "Ada" }, null, { performer_id: 1, label: "Ada" }],
  ["studio", null, null, null],
  ["saved", { id: 7, name: "Walks", problem: null }, null, { saved_filter_id: 7, label: "Walks" }],
  ["saved", { id: 7, name: "Walks", problem: "It cannot be taken over." }, null, null],
  ["saved", null, null, null],
  ["handed", null, { scope: { scene_ids: [3] }, label: "1 scene" }, { scene_ids: [3], label: "1 scene" }],
  ["handed", null, null, null],
]) {
  test(`a choice of ${kind} ${JSON.stringify(chosen)} becomes ${JSON.stringify(expected)}`, () => assert.deepEqual(scope.makeScope(kind, chosen, handed), expected));
}
