"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const { matchEntity } = { ...loadCore("stash-pages"), ...loadCore("entities") };

for (const [path, entity] of [
  ["/performers/12", { kind: "performer", id: "12" }],
  ["/performers/12/scenes", { kind: "performer", id: "12" }],
  ["/studios/3/", { kind: "studio", id: "3" }],
  ["/tags/5", { kind: "tag", id: "5" }],
  ["/scenes/7", { kind: "scene", id: "7" }],
  ["/scenes/markers", null],
  ["/performers/new", null],
  ["/performers", null],
  ["/plugins/performers/12", null],
  ["/galleries/4", null],
]) {
  test(`${path} is ${entity ? `the page of ${entity.kind} ${entity.id}` : "no page of an entity"}`, () => {
    assert.deepEqual(matchEntity(path), entity);
  });
}
