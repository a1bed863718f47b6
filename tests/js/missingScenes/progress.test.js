"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadPluginCore } = require("../harness/shipped.js");

const { canSearch, makeSearchArgs, chooseReasonLook, formatBytes, describeRelease } = loadPluginCore("missingScenes", "progress");
const t = (key, values) => `${key}(${Object.values(values)})`;
const RELEASE = { quality: "WEBDL-1080p", size: 2147483648, age_hours: 49, seeders: 3, indexer: "Nyx", languages: ["English"], score: 0 };

test("Whisparr can search for what it has and waits for", () => {
  const kinds = ["waiting", "stalled", "queued", "downloading", "downloaded", "none"];
  assert.deepEqual(kinds.filter((kind) => canSearch({ kind, movie_id: 1 })), ["waiting", "stalled", "queued"]);
  assert.deepEqual([canSearch(null), canSearch({ kind: "waiting", movie_id: 0 })], [false, false]);
});

test("a search in each Whisparr names its scenes and their numbers", () => {
  const args = makeSearchArgs([{ id: "a" }, { id: "b" }, { id: "c" }], (id) => ({ movie_id: id === "a" ? 7 : 8, whisparr: id === "c" ? "4k" : "" }));
  assert.deepEqual(args, [
    { whisparr: "", scene_ids: ["a", "b"], known: { a: 7, b: 8 } },
    { whisparr: "4k", scene_ids: ["c"], known: { c: 8 } },
  ]);
});

test("a reason of an unknown level looks like an information", () => {
  assert.deepEqual(chooseReasonLook("odd"), chooseReasonLook("info"));
});

test("sizes are read in the largest unit that fits", () => {
  assert.deepEqual([0, 900, 1536, 734003200, 2254857830].map((size) => formatBytes(size, "en")), ["", "900 B", "2 KB", "700 MB", "2.1 GB"]);
});

test("a release is one line, and Usenet has no seeders", () => {
  assert.equal(describeRelease(RELEASE, t, "en"), "WEBDL-1080p · 2 GB · release.age(2) · release.seeders(3) · Nyx · English");
  assert.equal(describeRelease({ ...RELEASE, seeders: null, languages: [], score: 40 }, t, "en"), "WEBDL-1080p · 2 GB · release.age(2) · Nyx · release.score(40)");
});
