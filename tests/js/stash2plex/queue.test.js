"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const core = require(path.join(__dirname, "..", "..", "..", "stash2plex", "ui", "core", "queue.js"));
const EMPTY = { waiting: 0, working: 0, parked: 0, dead: 0, done: 0, reasons: [], paused: null, down: null, draining: null, next_due: null };
const status = (queue = {}, rest = {}) => ({ configured: true, enabled: true, behind: null, last_sync: null, poll_seconds: 30, queue: { ...EMPTY, ...queue }, ...rest });
const NOW = Date.parse("2024-03-01T10:00:00Z");

for (const [name, given, key, level] of [
  ["no address", status({}, { configured: false }), "state.not_set_up", "warning"],
  ["a pause", status({ paused: {}, down: {} }), "state.paused", "warning"],
  ["an outage of Plex", status({ down: {}, waiting: 1 }), "state.down", "danger"],
  ["being switched off", status({}, { enabled: false, last_sync: "x" }), "state.off", "warning"],
  ["work", status({ draining: "drain", dead: 1 }), "state.working", "info"],
  ["a task that waits for what is due later", status({ draining: "drain", waiting: 1, next_due: "2024-03-01T10:05:00Z" }), "state.waiting", "info"],
  ["a job of Stash before it", status({ waiting: 1 }, { behind: {} }), "state.behind", "info"],
  ["waiting", status({ waiting: 1, dead: 1 }), "state.waiting", "info"],
  ["a library without any scene", status({ waiting: 1 }, { all_missing: true }), "state.astray", "danger"],
  ["given up scenes", status({ dead: 1, parked: 1 }, { last_sync: "x" }), "state.dead", "danger"],
  ["parked scenes", status({ parked: 1 }, { last_sync: "x" }), "state.parked", "warning"],
  ["a fresh installation", status(), "state.new", "info"],
  ["a sync of all scenes that has begun", status({}, { is_syncing: true, last_sync: "x" }), "state.syncing", "info"],
  ["an empty queue after a sync", status({}, { last_sync: "x" }), "state.done", "success"],
]) {
  test(`${name} is described as ${key}`, () => {
    const found = core.describeState(given, NOW);
    assert.deepEqual([found.key, found.level], [key, level]);
  });
}

for (const [name, state, kept] of [["is kept while a row has it", "parked", "ambiguous"], ["is dropped when no row has it", "dead", ""]]) {
  test(`the chosen reason ${name}`, () => assert.equal(core.keepReason({ reasons: [{ state: "parked", reason: "ambiguous", n: 1 }] }, state, "ambiguous"), kept));
}

for (const [name, given, expected] of [
  ["before it is set up", status({}, { configured: false, started: false }), false],
  ["before Start syncing", status({}, { started: false }), true],
  ["afterwards", status({}, { started: true }), false],
]) {
  test(`${name} the page ${expected ? "asks" : "does not ask"} for the start`, () => assert.equal(core.needsStart(given), expected));
}

test("a preview shows what it would write, and the rest", () => {
  const found = core.countPreview({ empty: 2, stale: 1, drifted: 1, missing: 3, unchanged: 0 });
  assert.deepEqual(found, { writes: 4, rest: { missing: 3, unchanged: 0 } });
  assert.equal(core.listCounts(found.rest, (key, { count }) => `${count} ${key}`), "3 kind.missing");
});

test("progress starts when the queue is no longer empty, and its total grows", () => {
  const first = core.trackProgress(null, { ...EMPTY, done: 10, waiting: 4 });
  const later = core.trackProgress(first, { ...EMPTY, done: 12, waiting: 5, working: 1 });
  assert.deepEqual([first.percent, later.done, later.total, later.percent], [0, 2, 8, 25]);
  assert.equal(core.trackProgress(later, EMPTY), null);
});

for (const [name, given, expected] of [
  ["something is due", status({ waiting: 1, next_due: "2024-03-01T09:59:00Z" }), true],
  ["nothing is due yet", status({ waiting: 1, next_due: "2024-03-01T10:05:00Z" }), false],
  ["nothing waits", status(), false],
  ["a drain runs already", status({ waiting: 1, draining: "drain" }), false],
  ["Start syncing was not pressed", status({ waiting: 1 }, { started: false }), false],
  ["it is paused", status({ waiting: 1, paused: {} }), false],
  ["it is switched off", status({ waiting: 1 }, { enabled: false }), false],
  ["Plex is not set up", status({ waiting: 1 }, { configured: false }), false],
  ["Stash works on something else", status({ waiting: 1 }, { behind: {} }), true],
]) {
  test(`an open page ${expected ? "works" : "does not work"} on the queue when ${name}`, () => assert.equal(core.shouldStep(given, NOW), expected));
}

for (const [queue, seconds] of [[{ waiting: 1 }, 2], [{ waiting: 1, down: {} }, 30], [{ waiting: 1, paused: {} }, 30], [{}, 30]]) {
  test(`the status is read every ${seconds} s for ${JSON.stringify(queue)}`, () => assert.equal(core.choosePace(status(queue)), seconds));
}

for (const [badge, seconds] of [[null, 0], [{ badge: "synced" }, 0], [{ badge: "waiting", is_held: false }, 5], [{ badge: "waiting", is_held: true }, 15]]) {
  test(`a scene's badge is read ${seconds ? `every ${seconds} s` : "once"} for ${JSON.stringify(badge)}`, () => assert.equal(core.chooseBadgePace(badge), seconds));
}

for (const [queue, state] of [[{ dead: 1, waiting: 1 }, "dead"], [{ parked: 1 }, "parked"], [{ parked: 1, waiting: 1 }, "waiting"], [{}, "waiting"]]) {
  test(`${JSON.stringify(queue)} opens the entries in the state ${state}`, () => assert.equal(core.chooseState({ ...EMPTY, ...queue }), state));
}

for (const [reason, name] of [["not_in_plex", "Not in Plex"], ["ServerFailed", "ServerFailed"], ["some_reason", "some reason"]]) {
  const t = (key, _values, fallback) => (key === "reason.not_in_plex" ? "Not in Plex" : fallback);
  test(`the reason ${reason} is shown as ${name}`, () => assert.equal(core.nameReason(reason, t), name));
}
