"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { makeUpdateArgs, parseIds } = loadPluginCore("performerSiteSync", "sync-args");

test("ids come as numbers and as addresses, each once, and what is neither is told", () => {
  const found = parseIds("12, http://stash.local:9999/performers/7/scenes?page=2 12\n/studios/3 Mira");
  assert.deepEqual(found, { ids: ["12", "7", "3"], unknown: ["Mira"] });
});

for (const [choice, args] of [
  [{ scope: "all", ids: ["1"], source: "", isFresh: false, isDry: false }, {}],
  [{ scope: "chosen", ids: ["1", "2"], source: "", isFresh: false, isDry: true }, { dry_run: true, ids: [1, 2] }],
  [{ scope: "unlinked", ids: ["1"], source: "", isFresh: false, isDry: true }, { dry_run: true, unlinked: true }],
  [{ scope: "favorites", ids: [], source: "TPDB", isFresh: true, isDry: false }, { fresh: true, source: "TPDB", favorites: true }],
]) {
  test(`an update of ${choice.scope} asks with ${JSON.stringify(args)}`, () => assert.deepEqual(makeUpdateArgs(choice), args));
}
