"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const phases = loadCore("task-phase");
const job = (status, progress = null) => ({ id: "1", status, progress });
const run = (state) => ({ state, totals: {} });

for (const [name, given, recorded, phase, percent] of [
  ["a task without a known job is queued", undefined, null, "queued", null],
  ["a job that waits is queued", job("READY"), null, "queued", null],
  ["a running job without progress has no percentage", job("RUNNING"), null, "running", null],
  ["a running job with progress has a percentage", job("RUNNING", 0.256), null, "running", 26],
  ["a job that is being stopped is stopping", job("STOPPING", 0.5), null, "stopping", null],
  ["a canceled job is canceled, whatever its run says", job("CANCELLED"), run("running"), "cancelled", null],
  ["a run that a person stopped is canceled", job("CANCELLED"), run("cancelled"), "cancelled", 100],
  ["a finished job without a run is lost", job("FINISHED"), null, "lost", null],
  ["a finished job whose run never ended is lost", job("FINISHED"), run("running"), "lost", null],
  ["a finished job with a failed run has failed", job("FINISHED"), run("failed"), "failed", 100],
  ["a forgotten job has the state of its run", null, run("partial"), "partial", 100],
  ["a forgotten job without a run is lost", null, null, "lost", null],
]) {
  test(name, () => assert.deepEqual(phases.describeTask(given, recorded), { phase, percent }));
}

for (const [name, given, recorded, stop] of [
  ["a stopped task without a run says how far it came", job("CANCELLED", 0.456), null, { key: "open", percent: 45 }],
  ["a stopped task that wrote something says that it stays", job("CANCELLED", 0.9), { ...run("cancelled"), changes: 3 }, { key: "written", percent: 90 }],
  ["a change that was begun counts as written", null, { ...run("interrupted"), changes: 0, undoable: 1 }, { key: "written", percent: null }],
  ["a running task was not stopped", job("RUNNING", 0.5), null, null],
  ["a finished task was not stopped", job("FINISHED"), run("finished"), null],
]) {
  test(name, () => assert.deepEqual(phases.describeStop(given, recorded), stop));
}

test("only a finished run has the level success", () => {
  const all = ["queued", "running", "stopping", "finished", "partial", "failed", "cancelled", "interrupted", "lost"];
  assert.deepEqual(all.filter((phase) => phases.chooseLevel(phase) === "success"), ["finished"]);
});

for (const [given, ended] of [
  [undefined, false],
  [job("READY"), false],
  [job("STOPPING"), false],
  [job("CANCELLED"), true],
  [null, true],
]) {
  test(`a job that is ${given ? given.status : given} has ${ended ? "" : "not "}ended`, () => {
    assert.equal(phases.hasEnded(given), ended);
  });
}

test("totals leave out zeros except changed", () => {
  const totals = { seen: 3, changed: 0, unchanged: 2, skipped: 0, conflict: 1, failed: 0 };
  assert.deepEqual(phases.listTotals(totals), [["changed", 0], ["unchanged", 2], ["conflict", 1]]);
});

test("totals of a preview have planned instead of changed", () => {
  assert.deepEqual(phases.listTotals({ changed: 0, unchanged: 0, skipped: 2, planned: 5 }), [["planned", 5], ["skipped", 2]]);
});

test("a run that counted nothing shows no totals", () => {
  assert.deepEqual(phases.listTotals({ changed: 0, unchanged: 0 }), []);
});
