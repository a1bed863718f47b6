// What the page says about a file that is a scene of the box.
"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const { chooseProofText, listPlannedMatches } = require("../../../missingScenes/ui/core/file-matches.js");
const { hasFiles, hidesOnlyFiles } = require("../../../missingScenes/ui/core/missing-list.js");

test("the proof of a match is named, or the doubt", () => {
  const key = (evidence) => chooseProofText({ by: "phash", distance: 0, doubt: "", ...evidence });
  assert.deepStrictEqual([key({ by: "oshash" }), key({}), key({ distance: 3 }), key({ doubt: "far" })], ["files.proof.same", "files.proof.picture", "files.proof.near", "files.doubt.far"]);
});

test("each planned link of a scene leads to its match, another change does not", () => {
  const link = { endpoint: "https://box/graphql", stash_id: "a1" };
  const change = { field: "stash_ids", item: { kind: "scene", id: "7" }, before: null, after: link };
  const match = { endpoint: link.endpoint, scene_id: "a1", local_id: "7" };
  assert.deepStrictEqual(listPlannedMatches([change, { ...change, before: link, after: null }]), [match, match]);
  assert.deepStrictEqual(listPlannedMatches([{ ...change, field: "wanted" }]), []);
});

test("only a list that hides nothing but files is complete", () => {
  assert.equal(hidesOnlyFiles({ unlinked_file: 2 }), true);
  assert.equal(hidesOnlyFiles({ unlinked_file: 2, ignored: 1 }), false);
  assert.equal(hidesOnlyFiles({}), false);
});

test("a card that names its files is not looked up", () => {
  assert.deepStrictEqual([hasFiles({ files: [{ scene_id: "1" }] }), hasFiles({ files: [] }), hasFiles({})], [true, false, false]);
});
