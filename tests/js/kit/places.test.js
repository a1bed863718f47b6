"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const place = loadCore("places");
const NEEDS = [
  { since: "0.27", what: "a" },
  { since: "0.30", what: "b" },
];

for (const [path, entity] of [
  ["/performers/12", { kind: "performer", id: "12" }],
  ["/performers/12/scenes", { kind: "performer", id: "12" }],
  ["/studios/3/", { kind: "studio", id: "3" }],
  ["/tags/5", { kind: "tag", id: "5" }],
  ["/scenes/7", { kind: "scene", id: "7" }],
  ["/scenes/markers", null],
  ["/performers/new", null],
  ["/performers", null],
  ["/plugins/performers/12", null],
  ["/galleries/4", null],
]) {
  test(`${path} is ${entity ? `${entity.kind} ${entity.id}` : "nobody"}`, () => {
    assert.deepEqual(place.matchEntity(path), entity);
  });
}

for (const [version, release, answer] of [
  ["v0.30.1", "0.30", true],
  ["v0.29.3", "0.30", false],
  ["v0.30.1-19-gcf3489efd", "0.31", true],
  ["v1.0.0", "0.31", true],
  ["v0.9.0", "0.25", false],
  ["a build of my own", "0.31", true],
  [null, "0.31", true],
]) {
  test(`Stash ${version} is ${answer ? "" : "not "}at least ${release}`, () => {
    assert.equal(place.isAtLeast(version, release), answer);
  });
}

test("only needs that are not met are listed", () => {
  assert.deepEqual(place.listUnmetNeeds(NEEDS, "v0.28.1").map((need) => need.what), ["b"]);
  assert.deepEqual(place.listUnmetNeeds(NEEDS, "v0.31.0"), []);
});

test("a tab and its address are the same thing, and the first tab needs none", () => {
  const tabs = ["work", "history", "setup"];
  for (const tab of tabs) assert.equal(place.tabOf("/plugins/x", tabs, place.tabPath("/plugins/x", tabs, tab)), tab);
  assert.equal(place.tabPath("/plugins/x", tabs, "work"), "/plugins/x");
  assert.equal(place.tabOf("/plugins/x", tabs, "/plugins/x/nonsense"), "work");
});
