"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const { countViews } = require(path.join(__dirname, "..", "..", "..", "tagManager", "ui", "core", "link-views.js"));

test("before the figures arrive, the views with a number have none", () => assert.deepEqual(new Set(Object.values(countViews(undefined))), new Set([null])));

test("the views count the tags of the figures; conflicts and rejections have no number", () => {
  const figures = { tags: 54, linked: 45, exact: 7, similar: 1, other: 1, not_compared: 0, dead: 2 };
  assert.deepEqual(countViews(figures), { unlinked: 9, exact: 7, similar: 1, linked: 45, all: 54, dead: 2 });
});
