"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { readToday, groupByDate, countDays, formatDay } = loadPluginCore("missingScenes", "coming");

test("the day is that of the reader, not of Greenwich", () => {
  assert.equal(readToday(new Date(2026, 2, 1, 23, 59)), "2026-03-01");
});

test("scenes of one day stand together", () => {
  const groups = groupByDate([{ id: 1, date: "2026-03-02" }, { id: 2, date: "2026-03-02" }, { id: 3, date: "2026-04" }]);
  assert.deepEqual(groups.map(({ date, scenes }) => [date, scenes.length]), [["2026-03-02", 2], ["2026-04", 1]]);
});

test("days are counted over the end of a month, and only for whole dates", () => {
  assert.deepEqual([countDays("2026-03-01", "2026-02-28"), countDays("2026-04", "2026-02-28")], [1, null]);
});

test("a date reads as exact as it is", () => {
  assert.equal(formatDay("2026-03-01", "en-US"), "Sunday, March 1, 2026");
  assert.deepEqual(["2026-03", "2026"].map((date) => formatDay(date, "en-US")), ["March 2026", "2026"]);
});
