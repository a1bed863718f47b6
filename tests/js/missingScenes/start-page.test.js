"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { readStart } = require("../../../missingScenes/ui/core/start-findings.js");
const { chooseCount, findShare } = require("../../../missingScenes/ui/core/completeness.js");
const { chooseLinker } = require("../../../missingScenes/ui/core/linker.js");
const { makeView, findView } = require("../../../missingScenes/ui/core/browse-address.js");

const BOX = { name: "StashDB", has_key: true };
const start = (part) => readStart({ boxes: [BOX], favorites: { performers: { count: 0, linked: 0 } }, has_whisparr: false, ...part });
const keys = (rows) => rows.map((row) => row.key);

test("the start page names what is there, what is missing, and one next step", () => {
  assert.equal(start({ boxes: [] }).step, "boxes");
  assert.equal(start({ boxes: [{ name: "StashDB", has_key: false }] }).step, "boxes");
  assert.equal(start({}).step, "browse");
  const ready = start({ favorites: { performers: { count: 3, linked: 2 } }, has_whisparr: true });
  assert.equal(ready.step, "check");
  assert.deepEqual(keys(ready.found), ["found.boxes", "found.favorites", "found.whisparr"]);
  assert.deepEqual(keys(ready.lacking), ["lacking.links"]);
});

test("the head of a list has exact figures at its end, before that the saved ones", () => {
  const saved = { total: 10, owned: 4 };
  const answer = { state: "more", lists_all: true, figures: { total: 12, owned: 3 }, entity: { saved_count: saved } };
  assert.equal(chooseCount(answer), saved);
  assert.deepEqual(chooseCount({ ...answer, state: "complete" }), { total: 12, owned: 3 });
  assert.equal(chooseCount({ ...answer, entity: { saved_count: null } }), null);
  assert.equal(findShare({ total: 1000, owned: 999 }), 99);
});

test("an unlinked object leads to the plugin that links it, if that is installed", () => {
  const plugins = [{ id: "performerSiteSync", name: "Sync", path: "/plugins/sync" }];
  assert.deepEqual(chooseLinker(plugins, { type: "performer", id: "7" }), { name: "Sync", to: "/plugins/sync/sync?kind=performer&ids=7" });
  assert.equal(chooseLinker(plugins, { type: "tag", id: "7" }), null);
});

test("coming scenes begin tomorrow, and the open list is recognized", () => {
  const coming = makeView("coming", { text: "x" }, "2026-02-28");
  assert.deepEqual(coming, { sort: "DATE:ASC", filters: { text: "x", date_from: "2026-03-01", date_to: "" } });
  assert.equal(findView(coming, "2026-02-28"), "coming");
  assert.equal(findView({ sort: "TITLE:ASC", filters: {} }, "2026-02-28"), "");
});

const { readAdd, listChangedSettings } = require("../../../missingScenes/ui/core/whisparr-status.js");

test("an add counts what the user wants all the same, and only changed choices are saved", () => {
  const options = { count: 2, excluded: 1, owned: 3 };
  const choices = { profile: 4, root_folder: "/data" };
  assert.deepEqual(readAdd(options, choices), { count: 2, canAdd: true });
  assert.deepEqual(readAdd(options, { ...choices, excluded: true, owned: true }), { count: 6, canAdd: true });
  assert.equal(readAdd({ count: 0, excluded: 0, owned: 0 }, choices).canAdd, false);
  const saved = { profile: 4, root_folder: "/data", search: false };
  assert.deepEqual(listChangedSettings(saved, { ...saved, search: true }), { whisparrSearchOnAdd: true });
  assert.deepEqual(listChangedSettings(saved, saved), {});
});
