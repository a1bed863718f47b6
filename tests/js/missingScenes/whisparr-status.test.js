"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { canAdd, countUnasked, formatMoments, formatPercent, makeEntityArgs } = loadPluginCore("missingScenes", "whisparr-status");

test("Whisparr is asked about a studio and the sub-studios that are shown, each once", () => {
  const scenes = [{ studio: { id: "sub" } }, { studio: { id: "top" } }, { studio: null }];
  assert.deepEqual(makeEntityArgs({ type: "studio", stash_id: "top" }, scenes), { entity_type: "studio", stash_ids: ["top", "sub"] });
});

test("Whisparr is asked about a performer alone, and scene by scene without an entity", () => {
  assert.deepEqual(makeEntityArgs({ type: "performer", stash_id: "mira" }, [{ studio: { id: "sub" } }]).stash_ids, ["mira"]);
  assert.deepEqual([makeEntityArgs(null, []), makeEntityArgs({ type: "tag", stash_id: null }, [])], [{}, {}]);
});

test("times in a text of Whisparr are formatted for the reader", () => {
  assert.equal(formatMoments("searched 2026-01-20T09:00:00Z, nothing found", () => "today"), "searched today, nothing found");
});

for (const [status, text] of [[{ kind: "downloading", percent: 45.2 }, " 45 %"], [{ kind: "downloading", percent: 0 }, " 0 %"], [{ kind: "queued", percent: null }, ""]]) {
  test(`${status.kind} at ${status.percent} shows ${text || "no percentage"}`, () => assert.equal(formatPercent(status), text));
}

for (const [status, can] of [[null, false], [{ can_add: true }, true], [{ can_add: false, is_excluded: true }, true], [{ kind: "unknown", can_add: false }, false]]) {
  test(`a scene that is ${JSON.stringify(status)} in Whisparr ${can ? "has" : "has no"} Add button`, () => assert.equal(canAdd(status), can));
}

for (const [said, count] of [[null, 2], [{ state: "ok", statuses: { a: {} } }, 1], [{ state: "ok", statuses: { a: {}, b: {} } }, 0], [{ state: "failed", statuses: {} }, 0]]) {
  test(`Whisparr's answer ${JSON.stringify(said)} leaves ${count} scenes without a status`, () => assert.equal(countUnasked(said, ["a", "b"]), count));
}

const more = loadPluginCore("missingScenes", "whisparr-status");

test("the numbers of several Whisparrs are kept apart", () => {
  assert.deepEqual([more.makeNumberKey("a", { whisparr: "" }), more.makeNumberKey("a", { whisparr: "4k" })], ["a", "a@4k"]);
  assert.deepEqual(more.listKnownIds(["a", "b", "c"], { a: 1, "c@4k": 2 }), ["a", "c"]);
});

test("a further Whisparr needs a name, an address and a key, which may be saved already", () => {
  const row = { name: "4K", url: " http://w ", has_key: false, api_key: "", profile: 1 };
  assert.equal(more.isWhisparrRowComplete(row), false);
  assert.deepEqual([{ api_key: "k" }, { has_key: true }].map((part) => more.isWhisparrRowComplete({ ...row, ...part })), [true, true]);
  assert.deepEqual(more.makeWhisparrRow(row), { name: "4K", url: "http://w", api_key: "", profile: 1 });
});

test("a choice that a Whisparr does not list stays visible", () => {
  assert.deepEqual(more.listWithPresent([{ value: "1", label: "HD" }], "7").map((one) => one.value), ["1", "7"]);
  assert.deepEqual(more.listWithPresent([{ value: "1", label: "HD" }], "1").length, 1);
  assert.deepEqual(more.splitTags(" a, b ,,"), ["a", "b"]);
});
