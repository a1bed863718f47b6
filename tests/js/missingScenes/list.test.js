"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const list = require(path.join(__dirname, "..", "..", "..", "missingScenes", "ui", "core", "list.js"));
const scene = (id) => ({ id, title: id });
const answer = (ids, rest = {}) => ({ scenes: ids.map(scene), state: "more", figures: { owned: 1, missing: ids.length }, ...rest });
const idsOf = (found) => found.scenes.map((one) => one.id).join("");

test("a page is added behind the ones before", () => {
  assert.equal(idsOf(list.addAnswer(list.addAnswer(list.EMPTY, answer(["a"])), answer(["b", "c"]))), "abc");
});

test("a scene that moved to a later page is shown once", () => {
  assert.equal(idsOf(list.addAnswer(list.addAnswer(list.EMPTY, answer(["a", "b"])), answer(["b", "c"]))), "abc");
});

test("an answer without scenes keeps what is there", () => {
  assert.equal(idsOf(list.addAnswer(list.addAnswer(list.EMPTY, answer(["a"])), { state: "partial", cursor: "x" })), "a");
});

test("a linked scene leaves the list and counts as owned", () => {
  const left = list.dropScene(list.addAnswer(list.EMPTY, answer(["a", "b"])), "a");
  assert.equal(idsOf(left), "b");
  assert.deepEqual(left.answer.figures, { owned: 2, missing: 1 });
});

test("dropping an unknown scene changes no figure", () => {
  const found = list.addAnswer(list.EMPTY, answer(["a"]));
  assert.equal(list.dropScene(found, "z"), found);
});

for (const [state, complete] of [["complete", true], ["more", false], ["partial", false], ["waiting", false], ["failed", false]]) {
  test(`${state} ${complete ? "may" : "may not"} say that nothing is missing`, () => assert.equal(list.isComplete({ state }), complete));
}

for (const [seconds, text] of [[null, ""], [59, "0:59"], [1800, "30:00"], [3661, "1:01:01"]]) {
  test(`${seconds} seconds read ${text || "as nothing"}`, () => assert.equal(list.formatDuration(seconds), text));
}

test("many names end in how many more there are, and people are named as credited", () => {
  const people = [{ name: "A", as: "Ann" }, { name: "B" }, { name: "C" }, { name: "D" }, { name: "E" }];
  assert.equal(list.listNames(people), "Ann, B, C, D +1");
});

test("reasons come with the most frequent first, and none that hides nothing", () => {
  assert.deepEqual(list.listHidden({ text: 1, ignored: 3, date: 0 }), [["ignored", 3], ["text", 1]]);
});

for (const [choice, args] of [
  ["DATE", { sort: "DATE" }],
  ["TITLE:ASC", { sort: "TITLE", direction: "ASC" }],
  ["COLOUR", { sort: "DATE" }],
]) {
  test(`the order ${choice} is asked for as ${JSON.stringify(args)}`, () => assert.deepEqual(list.makeSortArgs(choice), args));
}

test("Whisparr is asked about a studio and the sub-studios that are shown, each once", () => {
  const scenes = [{ studio: { id: "sub" } }, { studio: { id: "top" } }, { studio: null }];
  assert.deepEqual(list.describeEntity({ type: "studio", stash_id: "top" }, scenes), { entity_type: "studio", stash_ids: ["top", "sub"] });
});

test("Whisparr is asked about a performer alone, and scene by scene where there is nobody", () => {
  assert.deepEqual(list.describeEntity({ type: "performer", stash_id: "mira" }, [{ studio: { id: "sub" } }]).stash_ids, ["mira"]);
  assert.deepEqual([list.describeEntity(null, []), list.describeEntity({ type: "tag", stash_id: null }, [])], [{}, {}]);
});

test("moments in Whisparr's words are told in the reader's time", () => {
  assert.equal(list.tellMoments("searched 2026-01-20T09:00:00Z, nothing found", () => "today"), "searched today, nothing found");
});

for (const [status, text] of [[{ kind: "downloading", percent: 45.2 }, " 45 %"], [{ kind: "downloading", percent: 0 }, " 0 %"], [{ kind: "queued", percent: null }, ""]]) {
  test(`${status.kind} at ${status.percent} shows ${text || "no percentage"}`, () => assert.equal(list.showPercent(status), text));
}

test("scenes of several boxes are grouped in the order of the list", () => {
  const scenes = [{ id: "1", endpoint: "a" }, { id: "2", endpoint: "b" }, { id: "3", endpoint: "a" }];
  assert.deepEqual(list.groupByBox(scenes).map((some) => some.map((one) => one.id).join("")), ["13", "2"]);
});

for (const [status, can] of [[null, false], [{ can_add: true }, true], [{ can_add: false, is_excluded: true }, true], [{ kind: "unknown", can_add: false }, false]]) {
  test(`a scene that is ${JSON.stringify(status)} in Whisparr ${can ? "has" : "has no"} Add button`, () => assert.equal(list.canTry(status), can));
}

for (const [mark, isOn, part] of [["wanted", true, { wanted: true, ignored: false }], ["ignored", true, { ignored: true, wanted: false }], ["ignored", false, { ignored: false }]]) {
  test(`${mark} ${isOn ? "on" : "off"} shows as ${JSON.stringify(part)}`, () => assert.deepEqual(list.markedPart(mark, isOn), part));
}

for (const [scenes, count, page, last] of [[[], 24, 2, 1], [[], 49, 4, 3], [["x"], 24, 1, null], [[], 0, 2, null], [[], 5, 1, null]]) {
  test(`page ${page} of a list of ${count} with ${scenes.length} scenes ${last ? `leads to page ${last}` : "stays"}`, () => assert.equal(list.findLastPage({ scenes, count }, page, 24), last));
}

for (const [said, count] of [[null, 2], [{ state: "ok", statuses: { a: {} } }, 1], [{ state: "ok", statuses: { a: {}, b: {} } }, 0], [{ state: "failed", statuses: {} }, 0]]) {
  test(`Whisparr's answer ${JSON.stringify(said)} leaves ${count} scenes open`, () => assert.equal(list.countUnasked(said, ["a", "b"]), count));
}

for (const [url, origin] of [["https://box.example/scenes/1", "https://box.example"], [null, ""], ["javascript:alert(1)", ""]]) {
  test(`the box of ${url} is ${origin || "unknown"}`, () => assert.equal(list.originOf(url), origin));
}
