"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { EMPTY_LIST, addPage, dropScene, isComplete, listHidden, makeSortArgs } = loadPluginCore("missingScenes", "missing-list");
const scene = (id) => ({ id, title: id });
const answer = (ids, rest = {}) => ({ scenes: ids.map(scene), state: "more", figures: { owned: 1, missing: ids.length }, ...rest });
const idsOf = (found) => found.scenes.map((one) => one.id).join("");

test("a page is added behind the ones before", () => {
  assert.equal(idsOf(addPage(addPage(EMPTY_LIST, answer(["a"])), answer(["b", "c"]))), "abc");
});

test("a scene that moved to a later page is shown once", () => {
  assert.equal(idsOf(addPage(addPage(EMPTY_LIST, answer(["a", "b"])), answer(["b", "c"]))), "abc");
});

test("an answer without scenes keeps what is there", () => {
  assert.equal(idsOf(addPage(addPage(EMPTY_LIST, answer(["a"])), { state: "partial", cursor: "x" })), "a");
});

test("a linked scene leaves the list and counts as owned", () => {
  const left = dropScene(addPage(EMPTY_LIST, answer(["a", "b"])), "a");
  assert.equal(idsOf(left), "b");
  assert.deepEqual(left.answer.figures, { owned: 2, missing: 1 });
});

test("dropping an unknown scene changes no figure", () => {
  const found = addPage(EMPTY_LIST, answer(["a"]));
  assert.equal(dropScene(found, "z"), found);
});

for (const [state, complete] of [["complete", true], ["more", false], ["partial", false], ["waiting", false], ["failed", false]]) {
  test(`${state} ${complete ? "may" : "may not"} say that nothing is missing`, () => assert.equal(isComplete({ state }), complete));
}

test("reasons come with the most frequent first, and none that hides nothing", () => {
  assert.deepEqual(listHidden({ text: 1, ignored: 3, date: 0 }), [["ignored", 3], ["text", 1]]);
});

for (const [choice, args] of [
  ["DATE", { sort: "DATE" }],
  ["TITLE:ASC", { sort: "TITLE", direction: "ASC" }],
  ["COLOUR", { sort: "DATE" }],
]) {
  test(`the order ${choice} is asked for as ${JSON.stringify(args)}`, () => assert.deepEqual(makeSortArgs(choice), args));
}
