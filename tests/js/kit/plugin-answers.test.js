"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const { readPluginAnswer } = loadCore("plugin-answers");

test("the answer of an operation is taken from Stash's reply", () => {
  assert.deepEqual(readPluginAnswer("P", 200, { data: { runPluginOperation: { count: 0 } } }), { count: 0 });
});

test("an error of Stash or of the plugin is thrown with its sentence", () => {
  assert.throws(() => readPluginAnswer("P", 200, { errors: [{ message: "No such plugin." }], data: null }), { message: "No such plugin." });
  assert.throws(() => readPluginAnswer("P", 200, { data: { runPluginOperation: { error: "The box is down." } } }), { message: "The box is down." });
});

test("a page in place of Stash's reply, and an empty answer, are errors that name the plugin", () => {
  for (const [status, body] of [[502, null], [200, null], [200, { data: null }], [200, { data: { runPluginOperation: null } }], [500, { data: { runPluginOperation: {} } }]]) {
    assert.throws(() => readPluginAnswer("Missing Scenes", Number(status), body), { message: /^Stash did not answer Missing Scenes \(status \d+\)/ });
  }
});
