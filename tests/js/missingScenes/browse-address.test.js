"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { changeAddress, readAddress } = loadPluginCore("missingScenes", "browse-address");
const { formatFilters, readFilters } = loadPluginCore("missingScenes", "filters");

test("an address leads to the list it was made from", () => {
  const filters = { text: "rain & wind", min_minutes: "20", filter_favorite_tags: true, show_excluded: true };
  const search = changeAddress("", { of: "box", new: true, sort: "TITLE:ASC", box: "https://box.example/graphql", ...formatFilters(filters) });
  assert.deepEqual(readAddress(`?${search}`, readFilters), { scope: "box", isNewOnly: true, sort: "TITLE:ASC", endpoint: "https://box.example/graphql", filters });
});

test("an address that says nothing asks for the first scope and leaves the filters open", () => {
  assert.deepEqual(readAddress("", readFilters), { scope: "favorite_performers", isNewOnly: false, sort: "", endpoint: "", filters: null });
});

test("an unknown scope is the first one, and words of others are no filters", () => {
  assert.deepEqual([readAddress("?of=moon&colour=red", readFilters).scope, readAddress("?colour=red", readFilters).filters], ["favorite_performers", null]);
});

test("a filter that is off leaves the address, other words stay", () => {
  assert.equal(changeAddress("?of=box&text=rain", formatFilters({})), "of=box");
});
