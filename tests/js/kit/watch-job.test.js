// Waiting for a task: a lost answer does not end it.
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadKit } = require("../harness/draw.js");

const kit = loadKit();

/** Watch a job whose answers are given: "lost" fails, others are the status. Return what was told. */
async function watch(answers, finish) {
  const told = [];
  const left = [...answers];
  let tick = () => undefined;
  kit.clock = { every: (_, run) => ((tick = run), () => void told.push("stopped")) };
  kit.findJob = async () => {
    const status = left.shift();
    if (status === "lost") throw new Error("lost");
    return { status };
  };
  kit.watchJob("7", { finish, onJob: (job) => told.push(job.status), onError: (error) => told.push(error.message) });
  while (left.length) {
    await new Promise(setImmediate);
    tick();
  }
  await new Promise(setImmediate);
  return told;
}

test("a lost answer about a job is told, and the job is asked for again", async () => {
  assert.deepEqual(await watch(["RUNNING", "lost", "RUNNING", "FINISHED"], async () => undefined), ["RUNNING", "lost", "RUNNING", "stopped"]);
});

test("a lost result of a job is asked for again", async () => {
  let asked = 0;
  const finish = async () => {
    asked += 1;
    if (asked === 1) throw new Error("no result");
  };
  assert.deepEqual([await watch(["FINISHED", "FINISHED"], finish), asked], [["no result", "stopped"], 2]);
});
