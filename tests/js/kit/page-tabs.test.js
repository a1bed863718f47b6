"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const { findTab, makeTabPath } = loadCore("page-tabs");

test("the address of a tab opens that tab, and the first tab has the address of the page", () => {
  const tabs = ["work", "history", "setup"];
  for (const tab of tabs) assert.equal(findTab("/plugins/x", tabs, makeTabPath("/plugins/x", tabs, tab)), tab);
  assert.equal(makeTabPath("/plugins/x", tabs, "work"), "/plugins/x");
  assert.equal(findTab("/plugins/x", tabs, "/plugins/x/nonsense"), "work");
});
