"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const core = path.join(__dirname, "..", "..", "..", "missingScenes", "ui", "core");
const address = require(path.join(core, "address.js"));
const { readFilters, spellFilters } = require(path.join(core, "filters.js"));

test("an address leads to the list it was made from", () => {
  const filters = { text: "rain & wind", min_minutes: "20", filter_favorite_tags: true, show_excluded: true };
  const search = address.changeAddress("", { of: "box", new: true, sort: "TITLE:ASC", box: "https://box.example/graphql", ...spellFilters(filters) });
  assert.deepEqual(address.readAddress(`?${search}`, readFilters), { scope: "box", isNewOnly: true, sort: "TITLE:ASC", endpoint: "https://box.example/graphql", filters });
});

test("an address that says nothing asks for the first scope and leaves the filters open", () => {
  assert.deepEqual(address.readAddress("", readFilters), { scope: "favorite_performers", isNewOnly: false, sort: "", endpoint: "", filters: null });
});

test("an unknown scope is the first one, and words of others are no filters", () => {
  assert.deepEqual([address.readAddress("?of=moon&colour=red", readFilters).scope, address.readAddress("?colour=red", readFilters).filters], ["favorite_performers", null]);
});

test("a filter that is off leaves the address, other words stay", () => {
  assert.equal(address.changeAddress("?of=box&text=rain", spellFilters({})), "of=box");
});
