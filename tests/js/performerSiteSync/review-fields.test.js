"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { canTake, compareOffer, explainField, listBoxes, listNews, listOtherChanges, splitFields } = loadPluginCore("performerSiteSync", "review-fields");
const change = { outcome: "planned", action: "set", source: "one", after: "Blue" };
const eyes = { field: "eye_color", value: null, changes: [change] };

test("fields without a change are kept", () => {
  const kept = { field: "height_cm", value: 170, changes: [] };
  assert.deepEqual(splitFields({ fields: [eyes, kept] }), { changed: [eyes], kept: [kept] });
});

test("a source with two records of an item is one column", () => {
  const sources = [{ endpoint: "one", box: "StashDB" }, { endpoint: "one", box: "StashDB" }, { endpoint: "two", box: "FansDB" }];
  assert.deepEqual(listBoxes({ sources }).map((one) => one.box), ["StashDB", "FansDB"]);
});

for (const [name, field, value, state] of [
  ["nothing", eyes, "", "none"],
  ["the library's value", { ...eyes, value: "Green" }, "Green", "same"],
  ["the value that is written from another source", eyes, "Blue", "planned"],
  ["another value", eyes, "Brown", "differs"],
  ["aliases that the library has", { field: "alias_list", value: ["Mimi", "Moss"], changes: [] }, ["Moss"], "same"],
]) {
  test(`a source that says ${name} is shown as "${state}"`, () => assert.equal(compareOffer(field, { endpoint: "two", value }), state));
}

test("a value can be taken only if it differs from the library's and from the planned one", () => {
  const item = { local: {} };
  const takes = (value) => canTake(item, eyes, { endpoint: "two", value });
  assert.deepEqual([takes("Brown"), takes("Blue"), takes("")], [true, false, false]);
  assert.equal(canTake(item, { ...eyes, field: "stash_ids" }, { endpoint: "two", value: "x" }), false);
});

test("new members of a list are those that are neither there nor planned", () => {
  const field = { value: ["Mimi"], changes: [{ action: "add", after: "Moss" }] };
  assert.deepEqual(listNews(field, ["Mimi", "Moss", "Mira"]), ["Mira"]);
});

test("changes from no source have a column of their own", () => {
  assert.deepEqual(listOtherChanges({ changes: [change, { source: "" }] }, [{ endpoint: "one" }]), [{ source: "" }]);
});

test("a reason is shown if it says more than the source", () => {
  assert.deepEqual(["From StashDB.", "It was the name until now."].map((why) => explainField({ why })), ["", "It was the name until now."]);
});
