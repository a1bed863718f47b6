"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { formatNames } = loadPluginCore("missingScenes", "scene-text");

test("long lists of names end with the number of others, and credited names are used", () => {
  const people = [{ name: "A", as: "Ann" }, { name: "B" }, { name: "C" }, { name: "D" }, { name: "E" }];
  assert.equal(formatNames(people), "Ann, B, C, D +1");
});
