"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const selection = loadCore("selection");
const ORDER = ["a", "b", "c", "d", "e"];
const change = (selected, key, isOn, anchor) => [...selection.changeSelection(new Set(selected), ORDER, key, isOn, anchor)].sort().join("");

for (const [name, selected, key, isOn, anchor, result] of [
  ["selecting an item keeps the others", "a", "c", true, null, "ac"],
  ["deselecting an item keeps the others", "ac", "c", false, null, "a"],
  ["Shift below the anchor selects the range", "b", "d", true, "b", "bcd"],
  ["Shift above the anchor selects the range", "d", "b", true, "d", "bcd"],
  ["Shift deselects a range", "abcde", "d", false, "b", "ae"],
  ["an anchor that is no longer shown is ignored", "a", "c", true, "z", "ac"],
]) {
  test(name, () => assert.equal(change(selected, key, isOn, anchor), result));
}

test("selecting a whole page keeps the selection of other pages", () => {
  assert.deepEqual([...selection.changeAll(new Set(["z"]), ["a", "b"], true)], ["z", "a", "b"]);
  assert.deepEqual([...selection.changeAll(new Set(["z", "a"]), ["a", "b"], false)], ["z"]);
});

for (const [keys, state] of [
  ["", "none"],
  ["ab", "some"],
  ["abcde", "all"],
  ["z", "none"],
]) {
  test(`with “${keys}” selected, ${state} of the page is selected`, () => {
    assert.equal(selection.describeSelection(new Set(keys), ORDER), state);
  });
}
