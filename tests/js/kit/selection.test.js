"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const choice = loadCore("selection");
const ORDER = ["a", "b", "c", "d", "e"];
const change = (selected, key, isOn, anchor) => [...choice.changeSelection(new Set(selected), ORDER, key, isOn, anchor)].sort().join("");

for (const [name, selected, key, isOn, anchor, result] of [
  ["one item is added", "a", "c", true, null, "ac"],
  ["one item is taken out", "ac", "c", false, null, "a"],
  ["a range downwards is added", "b", "d", true, "b", "bcd"],
  ["a range upwards is added", "d", "b", true, "d", "bcd"],
  ["a range is taken out", "abcde", "d", false, "b", "ae"],
  ["an anchor that is gone counts for nothing", "a", "c", true, "z", "ac"],
]) {
  test(name, () => assert.equal(change(selected, key, isOn, anchor), result));
}

test("choosing all of a page keeps what was chosen on others", () => {
  assert.deepEqual([...choice.changeAll(new Set(["z"]), ["a", "b"], true)], ["z", "a", "b"]);
  assert.deepEqual([...choice.changeAll(new Set(["z", "a"]), ["a", "b"], false)], ["z"]);
});

for (const [selected, state] of [
  ["", "none"],
  ["ab", "some"],
  ["abcde", "all"],
  ["z", "none"],
]) {
  test(`with “${selected}” chosen, ${state} of the page is`, () => {
    assert.equal(choice.describeSelection(new Set(selected), ORDER), state);
  });
}

for (const [current, last, pages] of [
  [1, 1, [1]],
  [1, 4, [1, 2, 3, 4]],
  [5, 9, [1, 0, 4, 5, 6, 0, 9]],
  [3, 5, [1, 2, 3, 4, 5]],
  [9, 9, [1, 0, 8, 9]],
]) {
  test(`page ${current} of ${last} shows ${pages}`, () => {
    assert.deepEqual(choice.listPages(current, last), pages);
  });
}

test("an empty list still has one page, and starts at nothing", () => {
  assert.equal(choice.countPages(0, 25), 1);
  assert.deepEqual(choice.describePage(1, 25, 0), { first: 0, last: 0, total: 0 });
  assert.deepEqual(choice.describePage(2, 25, 40), { first: 26, last: 40, total: 40 });
});
