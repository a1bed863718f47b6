"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const version = loadCore("stash-version");
const NEEDS = [
  { since: "0.27", what: "a" },
  { since: "0.30", what: "b" },
];

for (const [stash, release, answer] of [
  ["v0.30.1", "0.30", true],
  ["v0.29.3", "0.30", false],
  ["v0.30.1-19-gcf3489efd", "0.31", true],
  ["v1.0.0", "0.31", true],
  ["v0.9.0", "0.25", false],
  ["a build of my own", "0.31", true],
  [null, "0.31", true],
]) {
  test(`Stash ${stash} is ${answer ? "" : "not "}at least ${release}`, () => {
    assert.equal(version.isAtLeast(stash, release), answer);
  });
}

test("only needs that are not met are listed", () => {
  assert.deepEqual(version.listUnmetNeeds(NEEDS, "v0.28.1").map((need) => need.what), ["b"]);
  assert.deepEqual(version.listUnmetNeeds(NEEDS, "v0.31.0"), []);
});
