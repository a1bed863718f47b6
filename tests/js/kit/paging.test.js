"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const paging = loadCore("paging");

for (const [current, last, pages] of [
  [1, 1, [1]],
  [1, 4, [1, 2, 3, 4]],
  [5, 9, [1, 0, 4, 5, 6, 0, 9]],
  [3, 5, [1, 2, 3, 4, 5]],
  [9, 9, [1, 0, 8, 9]],
]) {
  test(`page ${current} of ${last} shows ${pages}`, () => {
    assert.deepEqual(paging.listPages(current, last), pages);
  });
}

test("an empty list still has one page, and starts at nothing", () => {
  assert.equal(paging.countPages(0, 25), 1);
  assert.deepEqual(paging.describePage(1, 25, 0), { first: 0, last: 0, total: 0 });
  assert.deepEqual(paging.describePage(2, 25, 40), { first: 26, last: 40, total: 40 });
});
