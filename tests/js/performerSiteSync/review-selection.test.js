"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { countSelected, listChanges, selectChanges } = loadPluginCore("performerSiteSync", "review-selection");

test("selecting changes of an item keeps the others", () => {
  const change = (id, selected) => ({ id, selected, outcome: "planned" });
  const item = { fields: [{ field: "country", changes: [change("1", true)] }, { field: "urls", changes: [change("2", true), change("3", true)] }] };
  const ticked = selectChanges(item, new Set(["2"]), false);
  assert.deepEqual(listChanges(ticked).map((one) => one.selected), [true, false, true]);
  assert.equal(countSelected(listChanges(ticked)).state, "some");
});
