"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const tree = require(path.join(__dirname, "..", "..", "..", "tagManager", "ui", "core", "tree.js"));
const NONE = new Map();
const NAMES = ["", "Animals", "Birds", "Cats", "Dogs", "Eagle"];
/** Tags 1 to 5 with these parents. */
const tagsWith = (parents) => tree.readTags([1, 2, 3, 4, 5].map((id) => [id, NAMES[id], parents[id] || []]));
const ANIMALS = tagsWith({ 2: [1], 3: [1], 5: [2] });
const keysOf = (tags, changes = NONE, open = []) => tree.listRows(tree.makeTree(tags, changes), new Set(open)).map((row) => row.key);

test("a closed tree shows the tags without a parent, by name", () => {
  assert.deepEqual(keysOf(ANIMALS), ["1", "4"]);
});

test("an open row shows its children, each with its place among them", () => {
  const rows = tree.listRows(tree.makeTree(ANIMALS, NONE), new Set(["1", "1/2"]));
  assert.deepEqual(rows.map((row) => row.key), ["1", "1/2", "1/2/5", "1/3", "4"]);
  assert.deepEqual({ ...rows[3] }, { key: "1/3", id: 3, parent: 1, level: 2, position: 2, size: 2, isParent: false, isOpen: false });
});

test("a tag with two parents is a row under each", () => {
  assert.deepEqual(keysOf(tagsWith({ 3: [1, 2] }), NONE, ["1", "2"]), ["1", "1/3", "2", "2/3", "4", "5"]);
});

test("a diamond of many levels opens row by row and each edge once per parent", () => {
  const rows = [];
  for (let level = 0; level < 12; level += 1) {
    const above = level ? [2 * level - 1, 2 * level] : [];
    rows.push([2 * level + 1, `a${level}`, above], [2 * level + 2, `b${level}`, above]);
  }
  const tags = tree.readTags(rows);
  assert.deepEqual(keysOf(tags, NONE, ["1", "1/3"]), ["1", "1/3", "1/3/5", "1/3/6", "1/4", "2"]);
  assert.ok(tree.listRows(tree.makeTree(tags, NONE), tree.openAll(tree.makeTree(tags, NONE), 500)).length <= 500);
});

test("tags that only lie in a circle are shown, and opening them ends", () => {
  const tags = tagsWith({ 1: [2], 2: [1] });
  assert.deepEqual(keysOf(tags, NONE, ["1", "1/2", "1/2/1"]), ["3", "4", "5", "1", "1/2", "1/2/1"]);
});

test("moving takes the tag from where it is shown and keeps its other parents", () => {
  const tags = tagsWith({ 5: [1, 2] });
  const { changes, refused } = tree.moveTags(tags, NONE, [{ id: 5, parent: 1 }], 3, false);
  assert.deepEqual([[...changes], refused], [[["5>1", "remove"], ["5>3", "add"]], []]);
});

for (const [what, to, keeps, expected] of [
  ["adds a parent", 3, true, [["2>3", "add"]]],
  ["takes it to the top", null, false, [["2>1", "remove"]]],
  ["leaves it where it is", 1, false, []],
]) {
  test(`a move ${what}`, () => {
    assert.deepEqual([...tree.moveTags(ANIMALS, NONE, [{ id: 2, parent: 1 }], to, keeps).changes], expected);
  });
}

test("moving back leaves nothing to save", () => {
  const there = tree.moveTags(ANIMALS, NONE, [{ id: 2, parent: 1 }], 3, false).changes;
  assert.equal(tree.moveTags(ANIMALS, there, [{ id: 2, parent: 3 }], 1, false).changes.size, 0);
});

test("a circle is refused with its path, unsaved changes included", () => {
  const pending = tree.moveTags(ANIMALS, NONE, [{ id: 4, parent: null }], 5, true).changes;
  const { changes, refused } = tree.moveTags(ANIMALS, pending, [{ id: 1, parent: null }], 4, false);
  assert.deepEqual(refused, [{ id: 1, parent: 4, path: [1, 2, 5, 4] }]);
  assert.equal(changes, pending);
});

test("a tag is not its own parent", () => {
  assert.deepEqual(tree.moveTags(ANIMALS, NONE, [{ id: 4, parent: null }], 4, false).refused[0].path, [4]);
});

test("parent and child can be swapped once the child is out of the parent", () => {
  const out = tree.moveTags(ANIMALS, NONE, [{ id: 2, parent: 1 }], null, false).changes;
  const { changes, refused } = tree.moveTags(ANIMALS, out, [{ id: 1, parent: null }], 2, false);
  assert.deepEqual([refused, tree.makeRequest(changes)], [[], [{ tag_id: 2, add: [], remove: [1] }, { tag_id: 1, add: [2], remove: [] }]]);
});

test("the second of two tags that would make a circle together is refused", () => {
  const { refused } = tree.moveTags(ANIMALS, new Map([["3>4", "add"]]), [{ id: 5, parent: 2 }, { id: 4, parent: null }], 3, false);
  assert.deepEqual(refused.map((one) => one.id), [4]);
});

test("a change that Stash has by now is not pending any more", () => {
  const changes = new Map([["2>1", "remove"], ["3>4", "add"]]);
  assert.deepEqual([...tree.listPending(tagsWith({ 2: [1], 3: [1, 4] }), changes).keys()], ["2>1"]);
});

test("a change of a tag that is gone is not drawn and stays listed", () => {
  const changes = new Map([["2>99", "add"], ["98>1", "add"]]);
  assert.deepEqual(keysOf(ANIMALS, changes), ["1", "4"]);
  assert.equal(tree.listPending(ANIMALS, changes).size, 2);
});

test("a path leads through first parents, or through the one that is asked for", () => {
  const nested = tree.makeTree(tagsWith({ 2: [1], 5: [2, 3] }), NONE);
  assert.deepEqual(tree.listOpenKeys(tree.pathTo(nested, 5)), { key: "1/2/5", opens: ["1", "1/2"] });
  assert.deepEqual(tree.pathTo(nested, 5, 3), [3, 5]);
});

test("a search finds the same name first, then beginnings, then the rest", () => {
  const tags = tree.readTags([[1, "Big cat", []], [2, "Cat", []], [3, "Catfish", []], [4, "Dog", []]]);
  assert.deepEqual(tree.findTags(tags, " cat "), [2, 3, 1]);
  assert.deepEqual(tree.findTags(tags, " "), []);
});

for (const [key, index, to] of [["ArrowDown", 0, 1], ["ArrowUp", 0, 0], ["End", 0, 4], ["Home", 3, 0], ["PageDown", 1, 4], ["PageUp", 4, 1], ["x", 0, -1]]) {
  test(`${key} at row ${index} of five leads to ${to}`, () => assert.equal(tree.findNextIndex(key, index, 5, 3), to));
}

test("typing goes to the next name that begins with the text, from the end to the start", () => {
  const rows = tree.listRows(tree.makeTree(ANIMALS, NONE), new Set(["1"]));
  const typed = (index, text) => tree.findTyped(rows, ANIMALS.names, index, text);
  assert.deepEqual([typed(0, "d"), typed(3, "a"), typed(1, "bi"), typed(0, "z")], [3, 0, 1, -1]);
});

test("only rows near the window are drawn", () => {
  assert.deepEqual(tree.findVisibleRows(34000, 680, 34, 10000), { first: 992, last: 1028 });
  assert.deepEqual(tree.findVisibleRows(0, 680, 34, 3), { first: 0, last: 3 });
});

for (const [index, top, to] of [[0, 100, 0], [5, 100, 100], [20, 100, 34 * 21 - 300]]) {
  test(`row ${index} is shown by scrolling from ${top} to ${to}`, () => assert.equal(tree.findScroll(index, top, 300, 34), to));
}

for (const [action, values, edge] of [["add", { after: 3 }, "2>3"], ["remove", { before: 1 }, "2>1"]]) {
  test(`a failed row of the history that should ${action} names its edge`, () => {
    assert.equal(tree.edgeOf({ item: { id: "2" }, field: "parents", action, ...values }), edge);
  });
}
