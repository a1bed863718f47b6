"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { formatDuration, formatNames } = loadPluginCore("missingScenes", "scene-text");

for (const [seconds, text] of [[null, ""], [59, "0:59"], [1800, "30:00"], [3661, "1:01:01"]]) {
  test(`${seconds} seconds read ${text || "as nothing"}`, () => assert.equal(formatDuration(seconds), text));
}

test("long lists of names end with the number of others, and credited names are used", () => {
  const people = [{ name: "A", as: "Ann" }, { name: "B" }, { name: "C" }, { name: "D" }, { name: "E" }];
  assert.equal(formatNames(people), "Ann, B, C, D +1");
});
