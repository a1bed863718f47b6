// What the Setup tab says about a schedule.
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { readScheduleState } = require("../../../shared/ui/core/schedules.js");

const NOW = Date.parse("2026-03-01T12:00:00Z");
const ROW = { every_days: 7, waits_for_person: false, is_running: false, next: "2026-03-02T12:00:00Z" };

for (const [part, state] of [
  [{}, "waits"],
  [{ next: "2026-03-01T11:00:00Z" }, "soon"],
  [{ is_running: true }, "running"],
  [{ every_days: 0, next: null }, "off"],
  [{ waits_for_person: true, next: null }, "person"],
]) {
  test(`a schedule with ${JSON.stringify(part)} is ${state}`, () => assert.equal(readScheduleState({ ...ROW, ...part }, NOW), state));
}
