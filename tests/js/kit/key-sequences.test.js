// Stash's sequences of letters win over single letters of ours.
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const { makeSequences } = loadCore("key-sequences");
const OURS = ["i", "l"];

/** Return for each key of "g@0 i@300" whether it belongs to a sequence of Stash's. */
const judge = (keys) => {
  const isWithin = makeSequences();
  return keys.split(" ").map((one) => {
    const [key, timeStamp] = one.split("@");
    return isWithin({ key, timeStamp: Number(timeStamp) }, OURS.includes(key));
  });
};

for (const [what, keys, expected] of [
  ["a letter after a letter of Stash's is Stash's", "g@0 i@300", [false, true]],
  ["after a second it is ours", "g@0 i@1100", [false, false]],
  ["the letter after a whole sequence is ours", "g@0 l@300 i@500", [false, true, false]],
  ["our letters begin no sequence", "i@0 l@200", [false, false]],
  ["another key ends a sequence", "g@0 ArrowDown@100 i@200", [false, false, false]],
]) {
  test(what, () => assert.deepEqual(judge(keys), expected));
}

test("two handlers that ask for the same key get the same answer", () => {
  const isWithin = makeSequences();
  isWithin({ key: "g", timeStamp: 0 }, false);
  const event = { key: "i", timeStamp: 100 };
  assert.deepEqual([isWithin(event, true), isWithin(event, true)], [true, true]);
});
