"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { listAttention } = loadPluginCore("performerSiteSync", "attention");

test("open work is listed with its count, without rows of zero", () => {
  const overview = {
    sources: [{ is_on: true, has_key: false }, { is_on: false, has_key: false }],
    performer: { unlinked: 3 },
    studio: { unlinked: 0 },
    attention: { gone: 2, conflict: 0, plan: "7" },
  };
  assert.deepEqual(listAttention(overview).map((row) => [row.key, row.count]), [["keyless", 1], ["gone", 2], ["plan", 1], ["unlinked.performer", 3]]);
});
