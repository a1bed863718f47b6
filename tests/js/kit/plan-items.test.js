// Items of a plan, undone runs, spans of time, and decided rows.
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { draw, findNodes, loadKit, readText } = require("../harness/draw.js");
const { loadCore } = require("../harness/shipped.js");

const items = loadCore("plan-items");
const { describeUndone } = loadCore("task-phase");
const { estimateSecondsLeft, formatFromNow, formatSpan } = loadCore("durations");
const { listOpenAfter } = loadCore("selection");
const row = (id, more = {}) => ({ id, field: "title", outcome: "planned", selected: true, message: null, reason: "", action: "set", before: "a", after: "b", item: { kind: "scene", id: "1", label: "Beach" }, ...more });
const item = (...changes) => ({ id: "9", changes });

test("an item is selected in whole, in part or not", () => {
  const states = [[true, true], [true, false], [false, false]].map(([one, other]) => items.describeItemSelection(item(row("1", { selected: one }), row("2", { selected: other }))));
  assert.deepEqual(states, ["all", "some", "none"]);
});

test("locked fields are folded into one line for each reason", () => {
  const locked = { outcome: "skipped", message: "locked by you" };
  const { shown, kept } = items.splitChanges([row("1"), row("2", { ...locked, field: "country" }), row("3", { ...locked, field: "height" })]);
  assert.equal(shown.length, 1);
  assert.deepEqual(items.groupKept(kept), [{ why: "locked by you", fields: ["country", "height"] }]);
});

test("an item that is left out shows why", () => {
  const kit = loadKit();
  const note = row("1", { action: "note", field: "", outcome: "conflict", message: "It is linked to Hill already." });
  const drawn = draw(kit.PlanItem({ item: item(note), isOpen: false, isOpenPlan: true, selection: {}, onToggle: () => undefined, onApply: () => undefined }));
  assert.match(readText(drawn), /Beach.*It is linked to Hill already/);
});

test("selecting changes counts only those that change", () => {
  const { items: next, by } = items.selectInItems([item(row("1"), row("2", { selected: false }))], new Set(["1", "2"]), true);
  assert.deepEqual([by, next[0].changes.map((one) => one.selected)], [1, [true, true]]);
});

test("an address is a picture by its ending or by its field", () => {
  const found = [["x", "https://box.example/a.jpg"], ["image", "https://box.example/1"], ["url", "https://box.example/1"], ["image", "none"]];
  assert.deepEqual(found.map(([field, value]) => items.isPictureAddress(field, value)), [true, true, false, false]);
});

test("a line of a plan shows its only change, and the number of several", () => {
  const kit = loadKit();
  const line = (one) => readText(draw(kit.PlanItem({ item: one, isOpen: false, isOpenPlan: true, selection: {}, onToggle: () => undefined, onApply: () => undefined })));
  assert.match(line(item(row("1"))), /Beach.*title: a → b/);
  assert.match(line(item(row("1"), row("2", { field: "date" }))), /Beach.*2 changes: title, date/);
});

test("a picture is shown as a picture on both sides", () => {
  const kit = loadKit();
  const change = row("1", { field: "image", before: "https://box.example/a.jpg", after: "https://box.example/b.jpg" });
  const drawn = draw(["before", "after"].map((side) => kit.ChangeValue({ change, side })));
  assert.deepEqual(findNodes(drawn, (node) => node.tag === "img").map((node) => node.props.src), [change.before, change.after]);
});

test("a run is undone if nothing is left to undo, or if it was undone on this page", () => {
  const fresh = { id: "1", undoable: 3 };
  const runs = [[{ id: "1", undone: 3, undoable: 0 }, {}], [{ id: "1", undone: 1, undoable: 2 }, {}], [fresh, { 1: "undone" }], [fresh, { 1: "undone_in_part" }], [fresh, {}], [null, {}]];
  assert.deepEqual(runs.map(([run, here]) => describeUndone(run, here)), ["undone", "undone_in_part", "undone", "undone_in_part", "", ""]);
});

test("a job's rest is estimated from its speed so far", () => {
  const job = { status: "RUNNING", startTime: "2026-03-01T00:00:00Z", progress: 0.25 };
  const now = Date.parse("2026-03-01T00:01:00Z");
  assert.equal(estimateSecondsLeft(job, now), 180);
  assert.deepEqual([{ ...job, progress: 0.01 }, { ...job, progress: null }, { ...job, status: "READY" }, null].map((one) => estimateSecondsLeft(one, now)), [null, null, null, null]);
});

test("times are told from now on, in the largest unit that fits", () => {
  const now = Date.parse("2026-03-01T00:00:00Z");
  assert.equal(formatFromNow("2026-03-01T00:00:40Z", now, "en"), "in 40 seconds");
  assert.equal(formatFromNow("2026-02-28T22:00:00Z", now, "en"), "2 hours ago");
  assert.equal(formatFromNow(null, now, "en"), "");
  assert.equal(formatSpan(180, "en"), "3 min");
});

test("after a decision the focus goes to the next open row, at the end to the first one left", () => {
  assert.deepEqual(listOpenAfter(["a", "b", "c", "d"], "b", { c: "Linked" }), ["d", "a"]);
});

test("a decided row keeps its place and gets its outcome", async () => {
  const kit = loadKit();
  const told = [];
  const set = [];
  kit.toast = { undo: (text) => told.push(text), success: (text) => told.push(text) };
  const rows = kit.useRowOutcomes(["a", "b"]);
  await rows.decide("a", { text: "Linked to Snow", run: async () => set.push("a"), undo: async () => undefined });
  assert.deepEqual([told, set], [["Linked to Snow"], ["a"]]);
});
