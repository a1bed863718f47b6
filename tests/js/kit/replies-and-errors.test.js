"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const replies = loadCore("replies-and-errors");
const errors = (...messages) => JSON.stringify({ data: null, errors: messages.map((message) => ({ message })) });

function failure(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was raised");
}

test("a reply without errors is read as its data", () => {
  assert.deepEqual(replies.readReply(200, '{"data":{"version":1}}'), { version: 1 });
});

for (const [name, status, body, kind] of [
  ["a lost session", 401, "", "login"],
  ["a proxy's timeout", 504, "<html>", "proxy"],
  ["a request that is too large", 413, "<html>", "size"],
  ["another failure of the server", 500, "oops", "http"],
  ["a page instead of an answer", 200, "<!doctype html>", "answer"],
  ["a truncated answer", 200, '{"data":{"a"', "answer"],
  ["an answer without data", 200, '{"data":null}', "answer"],
  ["the plugin's own sentence", 200, errors("The fruit shop is closed."), "server"],
  ["a plugin that died", 200, errors("exit status 1"), "crash"],
  ["a plugin that died on Windows", 200, errors("exit status 0xc0000005"), "crash"],
  ["a killed plugin", 200, errors("signal: killed"), "crash"],
  ["a missing Python", 200, errors('exec: "python": executable file not found in $PATH'), "python"],
  ["a disabled plugin", 200, errors("plugin missingScenes is disabled"), "disabled"],
  ["a plugin that Stash does not know any more", 200, errors("Internal system error. Error <nil pointer>"), "gone"],
  ["an older schema", 422, errors('Cannot query field "stash_ids" on type "Tag".'), "version"],
]) {
  test(`${name} is an error of kind ${kind}`, () => {
    const error = failure(() => replies.readReply(status, body));
    assert.deepEqual([error.kind, error.status], [kind, status]);
  });
}

test("errors beside data are thrown, each sentence once", () => {
  const body = JSON.stringify({ data: { a: 1 }, errors: [{ message: "A." }, { message: "B." }, { message: "A." }] });
  assert.equal(failure(() => replies.readReply(200, body)).message, "A. B.");
});

for (const answer of ["Traceback (most recent call last)", "", null, 3]) {
  test(`the answer ${JSON.stringify(answer)} of an operation means that the plugin crashed`, () => {
    assert.equal(failure(() => replies.readOperationAnswer(answer)).kind, "crash");
  });
}

for (const [thrown, kind] of [
  [Object.assign(new Error("aborted"), { name: "AbortError" }), "cancelled"],
  [new TypeError("Failed to fetch"), "network"],
  [new TypeError("x is undefined"), "bug"],
  ["a text", "bug"],
]) {
  test(`${thrown} is a ${kind} error`, () => assert.equal(replies.asKitError(thrown).kind, kind));
}

test("a KitError is returned unchanged", () => {
  const error = new replies.KitError("login", "");
  assert.equal(replies.asKitError(error), error);
});

test("a plugin's sentence is shown alone; any other error gets a text and a next step", () => {
  assert.deepEqual(replies.explainError(new replies.KitError("server", "Closed.")), { text: null, step: null });
  assert.deepEqual(replies.explainError(new replies.KitError("login", "")), { text: "error.login", step: "error.login.step" });
});
