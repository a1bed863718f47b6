"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { listMonths, findFirstDay, makeWeeks, splitMonth } = loadPluginCore("missingScenes", "coming-months");
const SCENES = [{ id: 1, date: "2026-03-02" }, { id: 2, date: "2026-03-02" }, { id: 3, date: "2026-04" }, { id: 4, date: "2027" }];

test("the present month is one of the months, empty months are not, and a whole year stands in its last month", () => {
  assert.deepEqual(listMonths(SCENES, "2026-02-11"), ["2026-02", "2026-03", "2026-04", "2027-12"]);
});

test("a month has whole weeks that begin with the given day", () => {
  const monday = makeWeeks("2026-03", 1);
  assert.deepEqual([monday[0][0], monday[0][6], monday.at(-1)[6]], ["2026-02-23", "2026-03-01", "2026-04-05"]);
  const sunday = makeWeeks("2026-03", 7);
  assert.deepEqual([sunday[0][0], sunday.at(-1)[6], sunday.length], ["2026-03-01", "2026-04-04", 5]);
  assert.equal(makeWeeks("2027-02", 1).length, 4);
});

test("the week begins as in the region", () => {
  assert.deepEqual([findFirstDay("en-GB"), findFirstDay("en-US")], [1, 7]);
});

test("a month has its scenes by day, and beside them those without a day", () => {
  const { byDay, undated } = splitMonth(SCENES, "2026-03");
  assert.deepEqual([Object.keys(byDay), byDay["2026-03-02"].length, undated.length], [["2026-03-02"], 2, 0]);
  assert.deepEqual(splitMonth(SCENES, "2026-04").undated.map(({ id }) => id), [3]);
  assert.deepEqual(splitMonth(SCENES, "2027-12").undated.map(({ id }) => id), [4]);
});
