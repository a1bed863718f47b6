"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { EMPTY_LIST, addPage, dropScene, isComplete, listHidden, makeSortArgs } = loadPluginCore("missingScenes", "missing-list");
const scene = (id) => ({ id, title: id });
const answer = (ids, rest = {}) => ({ scenes: ids.map(scene), state: "more", figures: { owned: 1, missing: ids.length }, ...rest });
const idsOf = (found) => found.scenes.map((one) => one.id).join("");

test("a page is appended to the list", () => {
  assert.equal(idsOf(addPage(addPage(EMPTY_LIST, answer(["a"])), answer(["b", "c"]))), "abc");
});

test("a scene that moved to a later page is not repeated", () => {
  assert.equal(idsOf(addPage(addPage(EMPTY_LIST, answer(["a", "b"])), answer(["b", "c"]))), "abc");
});

test("an answer without scenes keeps the list", () => {
  assert.equal(idsOf(addPage(addPage(EMPTY_LIST, answer(["a"])), { state: "partial", cursor: "x" })), "a");
});

test("a linked scene is removed from the list and counted as owned", () => {
  const left = dropScene(addPage(EMPTY_LIST, answer(["a", "b"])), "a");
  assert.equal(idsOf(left), "b");
  assert.deepEqual(left.answer.figures, { owned: 2, missing: 1 });
});

test("dropping an unknown scene changes no figure", () => {
  const found = addPage(EMPTY_LIST, answer(["a"]));
  assert.equal(dropScene(found, "z"), found);
});

for (const [state, complete] of [["complete", true], ["more", false], ["partial", false], ["waiting", false], ["failed", false]]) {
  test(`an answer in the state ${state} ${complete ? "is" : "is not"} complete`, () => assert.equal(isComplete({ state }), complete));
}

test("hidden reasons are listed most frequent first, without those of zero scenes", () => {
  assert.deepEqual(listHidden({ text: 1, ignored: 3, date: 0 }), [["ignored", 3], ["text", 1]]);
});

for (const [choice, args] of [
  ["DATE", { sort: "DATE" }],
  ["TITLE:ASC", { sort: "TITLE", direction: "ASC" }],
  ["COLOR", { sort: "DATE" }],
]) {
  test(`the order ${choice} becomes the arguments ${JSON.stringify(args)}`, () => assert.deepEqual(makeSortArgs(choice), args));
}
