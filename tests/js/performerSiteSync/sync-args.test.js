"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { isComplete, makeUpdateArgs, parseIds } = loadPluginCore("performerSiteSync", "sync-args");

test("ids are read from numbers and addresses, each once, and other words are returned as unknown", () => {
  const found = parseIds("12, http://stash.local:9999/performers/7/scenes?page=2 12\n/studios/3 Mira");
  assert.deepEqual(found, { ids: ["12", "7", "3"], unknown: ["Mira"] });
});

for (const [choice, args] of [
  [{ scope: "all", ids: ["1"], source: "", isFresh: false, isDry: false }, {}],
  [{ scope: "chosen", ids: ["1", "2"], source: "", isFresh: false, isDry: true }, { dry_run: true, ids: [1, 2] }],
  [{ scope: "unlinked", ids: ["1"], source: "", isFresh: false, isDry: true }, { dry_run: true, unlinked: true }],
  [{ kind: "scene", scope: "all", ids: [], source: "", isFresh: false, isDry: true, isFilling: true }, { dry_run: true, fill: true }],
  [{ kind: "scene", scope: "of_studio", ids: ["4"], label: "Harbor", source: "", isFresh: false, isDry: false }, { scope: { studio_id: 4, label: "Harbor" } }],
  [{ kind: "scene", scope: "saved", ids: [], saved: { id: 3 }, source: "", isFresh: false, isDry: false }, { scope: { saved_filter_id: 3 } }],
  [{ kind: "scene", scope: "all", ids: [], source: "", isFresh: false, isDry: true, isFinding: true }, { dry_run: true, other_boxes: true }],
  [{ kind: "performer", scope: "all", ids: [], source: "", isFresh: false, isDry: true, isFilling: true, isFinding: true }, { dry_run: true }],
  [{ scope: "favorites", ids: [], source: "TPDB", isFresh: true, isDry: false }, { fresh: true, source: "TPDB", favorites: true }],
]) {
  test(`an update of the scope ${choice.scope} has the arguments ${JSON.stringify(args)}`, () => assert.deepEqual(makeUpdateArgs(choice), args));
}

test("a scope is complete when it names what it needs", () => {
  assert.ok(isComplete({ scope: "all", chosen: [], saved: null }));
  assert.ok(!isComplete({ scope: "of_performer", chosen: [], saved: null }));
  assert.ok(!isComplete({ scope: "saved", chosen: [], saved: { id: 1, problem: "It asks for too much." } }));
  assert.ok(isComplete({ scope: "saved", chosen: [], saved: { id: 1, problem: null } }));
});
