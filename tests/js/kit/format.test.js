"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const format = loadCore("format");
const WORDS = { empty: "(empty)", yes: "yes", no: "no" };

for (const [value, shown] of [
  [null, "(empty)"],
  ["", "(empty)"],
  [[], "(empty)"],
  [true, "yes"],
  [0, "0"],
  [["a", "b"], "a, b"],
  [{ a: 1 }, '{"a":1}'],
  ["x".repeat(300), "x".repeat(199) + "…"],
]) {
  test(`the value ${JSON.stringify(value).slice(0, 20)} is shown as ${shown.slice(0, 20)}`, () => {
    assert.equal(format.formatValue(value, WORDS), shown);
  });
}

test("a missing and an unreadable date are shown as nothing", () => {
  assert.equal(format.formatMoment(null), "");
  assert.equal(format.formatMoment("soon"), "");
  assert.match(format.formatMoment("2025-03-01T10:00:00Z", "en"), /Mar 1, 2025/);
});
