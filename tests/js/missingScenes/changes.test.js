"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { describeChange } = loadPluginCore("missingScenes", "changes");
const t = (key) => key;

for (const [name, change, expected] of [
  ["a record of Whisparr is shown as yes or no", { field: "in_whisparr", before: null, after: { id: 3 } }, { field: "field.in_whisparr", before: "value.no", after: "value.yes" }],
  ["a link is shown by its id", { field: "stash_ids", before: null, after: { stash_id: "abc" } }, { field: "field.stash_ids", before: "", after: "abc" }],
  ["the values of a mark stay as they are", { field: "wanted", before: false, after: true }, { field: "field.wanted" }],
  ["an unknown field keeps its own name", { field: "title", before: "a", after: "b" }, {}],
]) {
  test(name, () => assert.deepEqual(describeChange(change, t), expected));
}
