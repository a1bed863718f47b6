"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { changeAddress, readAddress } = loadPluginCore("missingScenes", "browse-address");
const { formatFilters, readFilters } = loadPluginCore("missingScenes", "filters");

test("an address restores the list it was made from", () => {
  const filters = { text: "rain & wind", min_minutes: "20", filter_favorite_tags: true, show_excluded: true };
  const search = changeAddress("", { of: "box", new: true, sort: "TITLE:ASC", box: "https://box.example/graphql", ...formatFilters(filters) });
  assert.deepEqual(readAddress(`?${search}`, readFilters), { scope: "box", isNewOnly: true, sort: "TITLE:ASC", endpoint: "https://box.example/graphql", filters });
});

test("an address without parameters has the first scope and no filters", () => {
  assert.deepEqual(readAddress("", readFilters), { scope: "favorite_performers", isNewOnly: false, sort: "", endpoint: "", filters: null });
});

test("an unknown scope becomes the first one, and unknown parameters are no filters", () => {
  assert.deepEqual([readAddress("?of=moon&color=red", readFilters).scope, readAddress("?color=red", readFilters).filters], ["favorite_performers", null]);
});

test("a filter that is off is removed from the address, other parameters stay", () => {
  assert.equal(changeAddress("?of=box&text=rain", formatFilters({})), "of=box");
});
