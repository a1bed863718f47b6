"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { describeRules, readNumber, putInList, listPlaces, readPlace, listToFollow } = loadPluginCore("missingScenes", "follow");

/** @type {(key: string, values?: any) => string} */
const t = (key, values) => (values ? `${key} ${Object.values(values).join(" ")}` : key);
const RULES = { way: "auto", target: "wanted", whisparr: "", per_week: 0, min_minutes: null, oldest_days: 60, solo: "any", genders: [], excluded_tags: [], network: false };
const WHISPARRS = [{ key: "", name: "Whisparr" }, { key: "k1", name: "4K" }];

test("the rules of a card name the place and only what leaves scenes out", () => {
  assert.deepEqual(describeRules(RULES, t), ["follow.short.auto follow.to.wanted", "follow.short.oldest_days 60"]);
  const strict = { ...RULES, way: "ask", target: "whisparr", whisparr: "k1", per_week: 3, oldest_days: 0, solo: "none", genders: ["MALE"], excluded_tags: [{ id: "t", name: "Outdoor" }], network: true };
  assert.deepEqual(describeRules(strict, t, WHISPARRS), ['follow.short.ask Whisparr "4K"', "follow.short.per_week 3", "follow.solo.none", "follow.short.genders gender.MALE", "follow.short.tags Outdoor", "filter.network"]);
});

test("a typed number is whole and within bounds, and no number is none", () => {
  assert.deepEqual(["5", "5.7", "9999", "", " ", "x", "-1"].map((typed) => readNumber(typed, 1000)), [5, 5, 1000, null, null, null, null]);
});

test("an entry is put into a list once and taken out again", () => {
  assert.deepEqual([putInList(["a"], "b", true), putInList(["a", "b"], "b", true), putInList(["a", "b"], "a", false)], [["a", "b"], ["a", "b"], ["b"]]);
});

test("the places are Wanted and every Whisparr, and a chosen one is read back", () => {
  const { value, choices } = listPlaces({ ...RULES, target: "whisparr", whisparr: "k1" }, WHISPARRS, t);
  assert.deepEqual(choices.map((/** @type {any} */ one) => one.value), ["wanted", "whisparr ", "whisparr k1"]);
  assert.deepEqual([value, readPlace(value), readPlace("wanted")], ["whisparr k1", { target: "whisparr", whisparr: "k1" }, { target: "wanted", whisparr: "" }]);
});

test("who can be followed are the linked performers and studios, those with most scenes first", () => {
  const row = (/** @type {string} */ name, /** @type {number} */ scene_count, isLinked = true) => ({ name, scene_count, stash_ids: isLinked ? [{ endpoint: "e" }] : [] });
  const found = listToFollow({ performer: { rows: [row("Ada", 3), row("Unlinked", 9, false)] }, studio: { rows: [row("Hill", 5)] } });
  assert.deepEqual(found.map((/** @type {any} */ { name, kind }) => [name, kind]), [["Hill", "studio"], ["Ada", "performer"]]);
});
