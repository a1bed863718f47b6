"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const core = require(path.join(__dirname, "..", "..", "..", "performerSiteSync", "ui", "core", "core.js"));

for (const [count, total, share] of [[0, 0, 0], [1, 3, 33], [999, 1000, 99], [5, 5, 100]]) {
  test(`${count} of ${total} is ${share} percent`, () => assert.equal(core.shareOf(count, total), share));
}

test("coverage starts with the most complete field and names who filled it", () => {
  const part = { total: 4, fields: { country: 1, name: 4, stash_ids: 4 }, by_source: { country: { StashDB: 1 } } };
  assert.deepEqual(core.listCoverage(part).map((row) => [row.field, row.share, row.sources]), [["name", 100, {}], ["country", 25, { StashDB: 1 }]]);
});

test("without a report there is no coverage", () => assert.deepEqual(core.listCoverage(null), []));

test("what needs a person is named with its tab, and nothing that is zero", () => {
  const overview = {
    sources: [{ is_on: true, has_key: false }, { is_on: false, has_key: false }],
    performer: { unlinked: 3 },
    studio: { unlinked: 0 },
    attention: { gone: 2, conflict: 0, plan: "7" },
  };
  assert.deepEqual(core.listAttention(overview).map((row) => [row.key, row.count]), [["keyless", 1], ["gone", 2], ["plan", 1], ["unlinked.performer", 3]]);
});

for (const [totals, addsUp] of [
  [{ seen: 5, changed: 2, unchanged: 3 }, true],
  [{ seen: 5, planned: 4, conflict: 1 }, true],
  [{ seen: 5, changed: 2 }, false],
]) {
  test(`${JSON.stringify(totals)} ${addsUp ? "adds" : "does not add"} up`, () => assert.equal(core.checkTotals(totals).addsUp, addsUp));
}

for (const [text, rules] of [
  ["", {}],
  [null, {}],
  ["country: ignore, hair_color: TPDB > StashDB", { country: ["ignore"], hair_color: ["TPDB", "StashDB"] }],
  [["urls: merge"], { urls: ["merge"] }],
  ["nothing, : x, y:", {}],
]) {
  test(`the rules ${JSON.stringify(text)} are understood`, () => assert.deepEqual(core.parseRules(text), rules));
}

test("rules written as text read the same", () => {
  const text = "country: ignore, hair_color: TPDB > StashDB";
  assert.equal(core.formatRules(core.parseRules(text)), text);
  assert.equal(core.formatRules({}), null);
});

test("a rule back at its default is gone", () => {
  const rules = core.changeRule({ country: ["ignore"] }, "urls", ["ignore"]);
  assert.deepEqual(core.changeRule(rules, "country", []), { urls: ["ignore"] });
});

test("ids come as numbers and as addresses, each once, and what is neither is told", () => {
  const found = core.readIds("12, http://stash.local:9999/performers/7/scenes?page=2 12\n/studios/3 Mira");
  assert.deepEqual(found, { ids: ["12", "7", "3"], unknown: ["Mira"] });
});

for (const [choice, args] of [
  [{ scope: "all", ids: ["1"], source: "", isFresh: false, isDry: false }, {}],
  [{ scope: "chosen", ids: ["1", "2"], source: "", isFresh: false, isDry: true }, { dry_run: true, ids: [1, 2] }],
  [{ scope: "unlinked", ids: ["1"], source: "", isFresh: false, isDry: true }, { dry_run: true, unlinked: true }],
  [{ scope: "favorites", ids: [], source: "TPDB", isFresh: true, isDry: false }, { fresh: true, source: "TPDB", favorites: true }],
]) {
  test(`an update of ${choice.scope} asks with ${JSON.stringify(args)}`, () => assert.deepEqual(core.makeUpdateArgs(choice), args));
}

test("ticking changes of an item leaves the others as they are", () => {
  const change = (id, selected) => ({ id, selected, outcome: "planned" });
  const item = { fields: [{ field: "country", changes: [change("1", true)] }, { field: "urls", changes: [change("2", true), change("3", true)] }] };
  const ticked = core.tickChanges(item, new Set(["2"]), false);
  assert.deepEqual(core.listChanges(ticked).map((one) => one.selected), [true, false, true]);
  assert.equal(core.describeTicks(core.listChanges(ticked)).state, "some");
});
