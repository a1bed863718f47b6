"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { changeRule, formatRules, parseRules } = loadPluginCore("performerSiteSync", "field-rules");

for (const [text, rules] of [
  ["", {}],
  [null, {}],
  ["country: ignore, hair_color: TPDB > StashDB", { country: ["ignore"], hair_color: ["TPDB", "StashDB"] }],
  [["urls: merge"], { urls: ["merge"] }],
  ["nothing, : x, y:", {}],
]) {
  test(`the setting ${JSON.stringify(text)} is parsed into rules`, () => assert.deepEqual(parseRules(text), rules));
}

test("formatted rules are the text they were parsed from", () => {
  const text = "country: ignore, hair_color: TPDB > StashDB";
  assert.equal(formatRules(parseRules(text)), text);
  assert.equal(formatRules({}), null);
});

test("a rule without values is removed", () => {
  const rules = changeRule({ country: ["ignore"] }, "urls", ["ignore"]);
  assert.deepEqual(changeRule(rules, "country", []), { urls: ["ignore"] });
});
