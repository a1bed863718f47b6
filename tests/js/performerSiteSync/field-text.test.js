"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { formatFieldValue, readCountryCode } = loadPluginCore("performerSiteSync", "field-text");
const t = (key) => key;

for (const [field, value, text] of [
  ["country", "NO", "Norway"],
  ["country", "Atlantis", "Atlantis"],
  ["gender", "TRANSGENDER_FEMALE", "Transgender female"],
  ["height_cm", 170, "170 cm"],
  ["eye_color", "BLUE", "BLUE"],
  ["country", "", null],
  ["alias_list", ["Mimi", "Moss"], "Mimi\nMoss"],
]) {
  test(`${field} ${JSON.stringify(value)} is shown as ${JSON.stringify(text)}`, () => assert.equal(formatFieldValue(t, field, value), text));
}

test("only the code of a country has a flag", () => {
  assert.deepEqual([readCountryCode("country", "NO"), readCountryCode("country", "Norway"), readCountryCode("gender", "NO")], ["no", "", ""]);
});
