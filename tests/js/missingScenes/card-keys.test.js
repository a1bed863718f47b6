"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { chooseGroupStep, countColumns, moveIndex, readKey } = loadPluginCore("missingScenes", "card-keys");
const press = (key, rest = {}) => readKey({ key, target: { tagName: "ARTICLE" }, ...rest });

for (const [key, kind] of [["ArrowDown", "move"], ["End", "move"], ["w", "press"], ["a", "press"], ["o", "press"], ["Enter", "open"], [" ", "select"], ["?", "help"]]) {
  test(`${key === " " ? "Space" : key} on a card is the command ${kind}`, () => assert.equal(press(key).kind, kind));
}

test("Shift with an arrow selects a range", () => assert.equal(press("ArrowRight", { shiftKey: true }).isRange, true));

for (const [what, event] of [
  ["an unknown letter", { key: "x" }],
  ["a capital letter", { key: "W", shiftKey: true }],
  ["w with Ctrl", { key: "w", ctrlKey: true }],
  ["a with the command key", { key: "a", metaKey: true }],
  ["w while composing a word", { key: "w", isComposing: true }],
  ["w in a text field", { key: "w", target: { tagName: "INPUT", type: "text" } }],
  ["an arrow in a list to choose from", { key: "ArrowDown", target: { tagName: "SELECT" } }],
  ["? in a text area", { key: "?", shiftKey: true, target: { tagName: "TEXTAREA" } }],
  ["w in an editable text", { key: "w", target: { tagName: "DIV", isContentEditable: true } }],
  ["Enter on a button", { key: "Enter", target: { tagName: "BUTTON" } }],
  ["Space on a checkbox", { key: " ", target: { tagName: "INPUT", type: "checkbox" } }],
]) {
  test(`${what} is no command`, () => assert.equal(press(event.key, event), null));
}

test("letters are commands while a button or a checkbox has the focus", () => {
  assert.equal(press("w", { target: { tagName: "BUTTON" } }).kind, "press");
  assert.equal(press("i", { target: { tagName: "INPUT", type: "checkbox" } }).kind, "press");
});

// Seven cards in rows of three: 0 1 2 / 3 4 5 / 6
for (const [key, from, to] of [
  ["ArrowDown", -1, 0],
  ["End", -1, 6],
  ["ArrowRight", 2, 3],
  ["ArrowLeft", 0, 0],
  ["ArrowUp", 4, 1],
  ["ArrowUp", 1, 1],
  ["ArrowDown", 4, 6],
  ["ArrowDown", 6, 6],
  ["ArrowRight", 6, 6],
  ["Home", 5, 0],
]) {
  test(`${key} leads from card ${from} to card ${to}`, () => assert.equal(moveIndex(key, from, 7, 3), to));
}

for (const [key, step] of [["ArrowDown", 1], ["ArrowRight", 1], ["ArrowUp", -1], ["ArrowLeft", -1], ["End", 0]]) {
  test(`${key} at the edge moves by ${step} group`, () => assert.equal(chooseGroupStep(key), step));
}

test("without cards no card is focused", () => assert.equal(moveIndex("ArrowDown", -1, 0, 1), -1));

for (const [tops, columns] of [[[], 1], [[5], 1], [[5, 5, 5, 40], 3], [[5, 5.4, 40], 2], [[5, 40], 1], [[5, 5], 2]]) {
  test(`cards at ${JSON.stringify(tops)} stand in rows of ${columns}`, () => assert.equal(countColumns(tops), columns));
}
