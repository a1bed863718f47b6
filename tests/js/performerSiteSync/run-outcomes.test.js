"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { listOutcomes } = loadPluginCore("performerSiteSync", "run-outcomes");

for (const [totals, addsUp] of [
  [{ seen: 5, changed: 2, unchanged: 3 }, true],
  [{ seen: 5, planned: 4, conflict: 1 }, true],
  [{ seen: 5, changed: 2 }, false],
]) {
  test(`the totals ${JSON.stringify(totals)} ${addsUp ? "adds" : "does not add"} up`, () => assert.equal(listOutcomes(totals).addsUp, addsUp));
}
