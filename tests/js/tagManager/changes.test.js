"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const { describeChange, makeBoxUrl } = require(path.join(__dirname, "..", "..", "..", "tagManager", "ui", "core", "changes.js"));
const t = (key, values) => (values ? `${key} ${Object.values(values).join(" ")}` : key);
const change = (field, action, value, reason = "") => ({ field, action, before: action === "remove" ? value : null, after: action === "remove" ? null : value, reason: `undo of run 9: ${reason}`, original_reason: reason });
const link = ["https://box.example/graphql", "abc"];

for (const [title, given, side, text] of [
  ["a link reads as the box's tag", change("links", "add", link, "StashDB: Rain (same name)"), "after", "history.added StashDB: Rain (same name)"],
  ["a link of a scene reads as box and id", change("stash_ids", "add", { endpoint: "https://box.example/graphql", stash_id: "abc" }, "StashDB: Hill instead of Lake"), "after", "history.added box.example, abc"],
  ["a link without a name reads as box and id", change("links", "remove", link, "replaced"), "before", "history.removed box.example, abc"],
  ["a tag of a scene reads as its name", change("tags", "add", 12, "Ice: hail: same name"), "after", "history.added Ice: hail"],
  ["a removed tag reads as its name, whatever undo removed it", change("tags", "remove", 12, "Hail: same name"), "before", "history.removed Hail"],
  ["a tag without a name in the reason reads as its number", change("tags", "remove", 12), "before", "history.removed 12"],
  ["a parent reads as its name", change("parents", "add", 5, "Weather"), "after", "history.added Weather"],
  ["a fingerprint reads as its hash", change("fingerprints https://box.example/graphql", "add", { scene_id: "abc", print: "oshash 00ab" }), "after", "history.added oshash 00ab"],
  ["a fingerprint names its box", change("fingerprints https://box.example/graphql", "add", { scene_id: "abc", print: "oshash 00ab" }), "field", "field.fingerprints box.example"],
  ["a merge says so", change("merged", "do", true), "after", "change.merged"],
  ["a new tag is shown with its aliases", change("tag", "do", { name: "Rain", aliases: ["Drizzle"], description: "Water" }), "after", "change.new_tag Rain\nchange.aliases Drizzle\nWater"],
]) {
  test(title, () => assert.equal(describeChange(given, t)[side], text));
}

test("a deleted tag reads as its name on the side where it was", () => {
  const deleted = { field: "whole_tag", action: "do", before: { name: "Rain" }, after: null };
  assert.deepEqual(describeChange(deleted, t), { field: "field.whole_tag", before: "Rain", after: "" });
});

test("the lists that a merge leaves are shown whole, parents by their names", () => {
  const aliases = { field: "aliases", action: "set", before: ["A"], after: ["A", "B"], original_reason: "" };
  assert.deepEqual(describeChange(aliases, t), { field: "field.aliases", before: "A", after: "A, B" });
  const parents = { field: "parents", action: "set", before: [1], after: [2], original_reason: "Weather" };
  assert.deepEqual(describeChange(parents, t), { field: "field.parents", before: "", after: "Weather" });
});

test("a field without values has its name only", () => {
  assert.equal(describeChange({ field: "tags", action: "set" }, t).field, "field.tags");
});

test("a finding has no values", () => {
  assert.deepEqual(describeChange({ ...change("links", "note", null) }, t), { field: "field.links", before: "", after: "" });
});

test("plain texts, and fields of other plugins, are shown unchanged", () => {
  assert.deepEqual(describeChange(change("name", "set", "Rain"), t), { field: "field.name" });
  assert.deepEqual(describeChange(change("rating", "set", 5), t), { field: undefined });
});

test("a fingerprint leads to its scene at the box, other changes lead nowhere", () => {
  const print = change("fingerprints https://box.example/graphql", "add", { scene_id: "abc", print: "oshash 00ab" });
  assert.equal(makeBoxUrl(print), "https://box.example/scenes/abc");
  assert.equal(makeBoxUrl(change("tags", "add", 12)), "");
});
