"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { countPercent, listCoverage, divideBySource, listGaps } = loadPluginCore("performerSiteSync", "report-coverage");

for (const [count, total, share] of [[0, 0, 0], [1, 3, 33], [999, 1000, 99], [5, 5, 100]]) {
  test(`${count} of ${total} is ${share} percent`, () => assert.equal(countPercent(count, total), share));
}

test("coverage starts with the most complete field and has its counts by box", () => {
  const part = { total: 4, fields: { country: 1, name: 4, stash_ids: 4 }, by_source: { country: { StashDB: 1 } } };
  assert.deepEqual(listCoverage(part).map((row) => [row.field, row.share, row.sources]), [["name", 100, {}], ["country", 25, { StashDB: 1 }]]);
});

test("without a report the coverage is empty", () => assert.deepEqual(listCoverage(null), []));

test("a field is divided by its sources, and the rest is from elsewhere", () => {
  assert.deepEqual(divideBySource([{ count: 5, sources: { StashDB: 3 } }, { count: 1, sources: { FansDB: 2 } }], ["StashDB", "FansDB"]), [[3, 0, 2], [0, 1, 0]]);
});

test("fields that a source could fill are listed, those with the most first", () => {
  const rows = [{ field: "urls", gaps: {} }, { field: "country", gaps: { StashDB: 2 } }, { field: "weight", gaps: { StashDB: 1, FansDB: 4 } }];
  assert.deepEqual(listGaps(rows), [{ field: "weight", count: 4, boxes: [["StashDB", 1], ["FansDB", 4]] }, { field: "country", count: 2, boxes: [["StashDB", 2]] }]);
});
