"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const core = require(path.join(__dirname, "..", "..", "..", "stash2plex", "ui", "core", "statistics.js"));
const NOW = Date.parse("2024-03-07T10:00:00Z");
const ROWS = [
  { day: "2024-03-05", name: "done", count: 4, seconds: 2 },
  { day: "2024-03-05", name: "failed", count: 1, seconds: 0 },
  { day: "2024-03-06", name: "edits", count: 9, seconds: 0 },
];

test("the chart of days spans the whole period and has one count for each name", () => {
  assert.deepEqual(core.countByDay(ROWS, ["done", "failed"], 7, NOW), { "2024-03-01": [0, 0], "2024-03-05": [4, 1], "2024-03-07": [0, 0] });
});

test("without counts there is no chart", () => assert.deepEqual(core.countByDay([], ["done"], 7, NOW), {}));

test("the time per scene is known for the days on which one was synced", () => {
  assert.deepEqual(core.averageByDay(ROWS), [{ day: "2024-03-05", seconds: 0.5 }]);
});
