"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { findOrigin, groupByBox, makeMarkChange } = loadPluginCore("missingScenes", "marks");

test("scenes of several boxes are grouped in the order of the list", () => {
  const scenes = [{ id: "1", endpoint: "a" }, { id: "2", endpoint: "b" }, { id: "3", endpoint: "a" }];
  assert.deepEqual(groupByBox(scenes).map((some) => some.map((one) => one.id).join("")), ["13", "2"]);
});

for (const [mark, isOn, part] of [["wanted", true, { wanted: true, ignored: false }], ["ignored", true, { ignored: true, wanted: false }], ["ignored", false, { ignored: false }]]) {
  test(`setting ${mark} ${isOn ? "on" : "off"} changes the marks to ${JSON.stringify(part)}`, () => assert.deepEqual(makeMarkChange(mark, isOn), part));
}

for (const [url, origin] of [["https://box.example/scenes/1", "https://box.example"], [null, ""], ["javascript:alert(1)", ""]]) {
  test(`the address of the box of ${url} is ${origin || "unknown"}`, () => assert.equal(findOrigin(url), origin));
}
