"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const { groupCategories, countLacking } = require(path.join(__dirname, "..", "..", "..", "tagManager", "ui", "core", "categories.js"));

const rain = { id: "1", name: "Rain", group: "SCENE", tags: 5, linked: 2 };
const walk = { id: "2", name: "Walk", group: "ACTION", tags: 4, linked: 4 };
const plain = { id: "3", name: "Plain", group: "", tags: 3, linked: 0 };

test("categories stand under their groups, those without a group last", () => {
  const [action, scene] = [{ id: "group:ACTION", name: "Action" }, { id: "group:SCENE", name: "Scene" }];
  assert.deepEqual(groupCategories({ categories: [plain, rain, walk], groups: [scene, action] }), [
    { group: scene, categories: [rain] },
    { group: action, categories: [walk] },
    { group: null, categories: [plain] },
  ]);
});

test("a group without categories is left out", () => assert.deepEqual(groupCategories({ categories: [], groups: [{ id: "x", name: "X" }] }), []));

test("without a selection, the tags that all categories lack are counted", () => assert.equal(countLacking([rain, walk, plain], new Set()), 6));

test("with a selection, only its tags are counted", () => assert.equal(countLacking([rain, walk, plain], new Set(["1", "2"])), 3));

test("more links than tags lack nothing", () => assert.equal(countLacking([{ ...rain, linked: 9 }], new Set()), 0));
