"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { chooseNextStep, listTiles } = loadPluginCore("performerSiteSync", "overview-tiles");
const overview = {
  sources: [{ is_on: true, has_key: false }, { is_on: false, has_key: false }],
  performer: { total: 4, linked: 1, unlinked: 3 },
  studio: { total: 2, linked: 2, unlinked: 0 },
  scene: { total: 8, linked: 4, unlinked: 4 },
  attention: { gone: 2, conflict: 0, duplicate: 0, duplicates_at: "2026-01-01T00:00:00Z", plan: "7", waiting: { performer: { plan_id: "7", items: 5 }, studio: null, scene: { plan_id: "9", items: 3 } } },
  report: null,
};

test("open work and shares are tiles that lead to their place", () => {
  assert.deepEqual(
    listTiles(overview).map((tile) => [tile.key, tile.figure, tile.tab || tile.to]),
    [
      ["keyless", 1, "setup"],
      ["waiting.performer", 5, "review?plan=7"],
      ["waiting.scene", 3, "review?plan=9"],
      ["conflict", 0, "conflicts"],
      ["duplicate", 0, "duplicates"],
      ["gone", 2, "conflicts?show=gone"],
      ["linked.performer", "25 %", "sync?scope=unlinked&kind=performer"],
      ["linked.studio", "100 %", "/studios"],
      ["linked.scene", "50 %", "/scenes"],
    ],
  );
});

test("without a search for duplicates their number is not known", () => {
  const [tile] = listTiles({ ...overview, attention: { ...overview.attention, duplicates_at: null } }).filter(({ key }) => key === "duplicate");
  assert.deepEqual([tile.figure, tile.level, tile.note], ["–", undefined, "duplicate.never"]);
});

test("the completeness is the mean of all fields, without links and favorites", () => {
  const report = { performer: { total: 4, fields: { name: 4, country: 1, favorite: 0, stash_ids: 1 } } };
  assert.equal(listTiles({ ...overview, report }).find((tile) => tile.key === "complete").share, 62);
});

test("the next step is what keeps updates away, then what waits, then nothing", () => {
  const keyed = { ...overview, sources: [] };
  const { attention } = overview;
  const done = { ...attention, gone: 0, plan: null, waiting: { performer: null, studio: null, scene: null } };
  const steps = [overview, keyed, { ...keyed, attention: { ...attention, waiting: done.waiting } }, { ...keyed, attention: { ...done, conflict: 4 } }, { ...keyed, attention: done }];
  assert.deepEqual(steps.map(chooseNextStep), [
    { key: "keyless", figure: 1, tab: "setup" },
    { key: "waiting.performer", figure: 5, tab: "review?plan=7" },
    { key: "gone", figure: 2, tab: "conflicts?show=gone" },
    { key: "conflict", figure: 4, tab: "conflicts" },
    null,
  ]);
});
