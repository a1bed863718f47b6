"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const { formatDuration, makePicturePath } = loadCore("scene-text");

for (const [seconds, text] of [[null, ""], [59, "0:59"], [1800, "30:00"], [3661, "1:01:01"]]) {
  test(`${seconds} seconds read ${text || "as nothing"}`, () => assert.equal(formatDuration(seconds), text));
}

test("a picture is read below the page's base, whatever server Stash names", () => {
  assert.equal(makePicturePath("http://127.0.0.1:9999/performer/7/image?t=1"), "performer/7/image?t=1");
  assert.equal(makePicturePath("http://127.0.0.1:9999/scene/7/screenshot?t=1"), "scene/7/screenshot?t=1");
  assert.equal(makePicturePath("https://host.test/stash/studio/7/image?t=1"), "studio/7/image?t=1");
  assert.equal(makePicturePath(null), null);
});

test("the address of a picture of another server stays", () => {
  for (const address of ["https://box.test/images/performer/7/image/a.jpg", "https://box.test/a.jpg", "data:image/png;base64,AA", "scene/7/screenshot"]) {
    assert.equal(makePicturePath(address), address);
  }
});

test("Stash's stand-in for a missing picture counts as no picture", () => {
  assert.equal(makePicturePath("http://127.0.0.1:9999/studio/7/image?t=1&default=true"), null);
});
