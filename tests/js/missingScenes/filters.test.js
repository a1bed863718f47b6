"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { ROOT, loadPluginCore } = require("../harness/shipped.js");

const { FILTERS, countMoreFilters, dropMoreFilters, listFavoriteFilters, makeFilterArgs } = loadPluginCore("missingScenes", "filters");

for (const [kind, offered] of [
  ["performer", ["studios", "tags"]],
  ["studio", ["performers", "tags"]],
  ["tag", ["performers", "studios"]],
  ["favorite_tags", ["performers", "studios"]],
  ["box", ["performers", "studios", "tags"]],
]) {
  test(`${kind} has filters for favorite ${offered.join(" and ")}`, () => assert.deepEqual(listFavoriteFilters(kind).map((filter) => filter.favorites), offered));
}

for (const [filters, kind, args] of [
  [{ text: "", show_ignored: false, date_from: null }, "tag", {}],
  [{ min_minutes: "5", max_performers: "2" }, "tag", { min_duration: 300, max_performers: 2 }],
  [{ filter_favorite_tags: true, filter_favorite_studios: true }, "tag", { filter_favorite_studios: true }],
  [{ include_network: true }, "performer", {}],
  [{ show_excluded: true }, "performer", { excluded_tags: [] }],
  [{ include_network: true }, "studio", { include_network: true }],
]) {
  test(`filters ${JSON.stringify(filters)} of a ${kind} become ${JSON.stringify(args)}`, () => assert.deepEqual(makeFilterArgs(filters, kind), args));
}

test("only filters under More filters are counted", () => {
  assert.equal(countMoreFilters({ text: "rain", show_ignored: true, date_to: "", filter_favorite_tags: true }), 2);
});

test("clearing removes only filters under More filters", () => {
  assert.deepEqual(dropMoreFilters({ text: "rain", filter_favorite_tags: true, include_network: true }), { filter_favorite_tags: true, include_network: true });
});

test("the backend reads the same arguments that the filters make", () => {
  const backend = fs.readFileSync(path.join(ROOT, "missingScenes/missing", "listing", "filters.py"), "utf8");
  const read = new Set([...backend.matchAll(/\b(?:flag|texts?|pattern|whole|choice)\("(\w+)"/g)].map((found) => found[1]));
  const made = FILTERS.map((filter) => (filter.makeArg ? filter.makeArg("1")[0] : filter.name));
  assert.deepEqual([made.filter((name) => !read.has(name)), [...read].filter((name) => !made.includes(name))], [[], []]);
});
