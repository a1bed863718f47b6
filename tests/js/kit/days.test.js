// Days in the reader's time zone.
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { makeDayBounds, groupByDay } = require("../../../shared/ui/core/days.js");

test("a day goes from midnight to midnight of the reader", () => {
  const { since, until } = makeDayBounds("2026-03-01");
  assert.equal(new Date(since).getHours(), 0);
  assert.equal(new Date(until).getDate(), 2);
});

for (const day of ["", "2026-13-01", "soon"]) {
  test(`"${day}" is no day and bounds nothing`, () => assert.deepEqual(makeDayBounds(day), {}));
}

test("rows stay in their order, each under its day", () => {
  const rows = ["2026-03-02T12:00:00", "2026-03-01T12:30:00", "2026-03-01T12:00:00"];
  const groups = groupByDay(rows, (row) => row);
  assert.deepEqual(groups.map((group) => group.rows), [[rows[0]], rows.slice(1)]);
  assert.match(groups[0].day, /March 2, 2026/);
});
