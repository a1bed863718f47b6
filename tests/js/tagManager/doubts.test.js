"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { rateDoubt, chooseReasonText, describeMatch, listHashes, listActions } = loadPluginCore("tagManager", "doubts");
const t = (key, values = {}) => [key, ...Object.values(values)].join(" ");

for (const [score, level] of [[99, "strong"], [80, "strong"], [79, "likely"], [50, "likely"], [49, "weak"]]) {
  test(`a doubt of ${score} is ${level}`, () => assert.equal(rateDoubt(score), level));
}

test("a fingerprint at another record is told by how near it is, other reasons by their code", () => {
  assert.equal(chooseReasonText({ code: "elsewhere", by: "oshash", distance: 0 }), "doctor.reason.elsewhere.file");
  assert.equal(chooseReasonText({ code: "elsewhere", by: "phash", distance: 0 }), "doctor.reason.elsewhere.video");
  assert.equal(chooseReasonText({ code: "elsewhere", by: "phash", distance: 3 }), "doctor.reason.elsewhere.near");
  assert.equal(chooseReasonText({ code: "length" }), "doctor.reason.length");
});

test("a candidate shows the hash, the bits that differ and the votes, as far as they are known", () => {
  const match = { by: "phash", box_hash: "00ff", distance: 2, votes: 3 };
  assert.equal(describeMatch(match, t), "phash 00ff · doctor.bits 2 · doctor.votes 3");
  assert.equal(describeMatch({ ...match, distance: 0, votes: null }, t), "phash 00ff");
  assert.equal(describeMatch(null, t), "");
  assert.deepEqual(listHashes({ oshash: "a", phash: "b" }), ["oshash a", "phash b"]);
});

test("links are swapped with exactly one other scene, and a found record is offered before a search", () => {
  const row = { holders: [], target: null, is_right: false };
  assert.deepEqual(listActions(row), ["choose", "unlink", "right"]);
  assert.deepEqual(listActions({ ...row, target: { id: "x" }, holders: [7] }), ["swap", "relink", "choose", "unlink", "right"]);
  assert.deepEqual(listActions({ ...row, target: { id: "x" }, holders: [7, 8], is_right: true }), ["relink", "choose", "unlink", "doubt"]);
});
