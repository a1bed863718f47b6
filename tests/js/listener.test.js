"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const vm = require("node:vm");
const acorn = require("acorn");

const ROOT = path.join(__dirname, "../..");
const FILE = path.join(ROOT, "shared/listener/listener.js");
const MANIFEST = fs.readFileSync(path.join(ROOT, "stash2plex/stash2plexListener.yml"), "utf8");
const STEPS = Object.fromEntries(["filter", "find", "start"].map((name) => [name, JSON.parse(new RegExp(`^ *${name}: (.*)$`, "m").exec(MANIFEST)[1])]));
const SOURCE = fs.readFileSync(FILE, "utf8");
const NAME = "Sample: handle saved changes";
const HOOK = { plugin: "sample", task: NAME, fields: "title date", needs: "enabled url", onByDefault: "enabled", ...STEPS };
const CONTEXT = { id: 7, type: "Scene.Update.Post", inputFields: ["id", "title"] };

/** Run the listener as Stash does and return its queries, log lines and result. */
function hear({ hook = {}, context = {}, jobs = [], settings = { url: "http://plex.test" }, logs = [], username = "", fails = () => null } = {}) {
  const queries = [];
  const lines = [];
  const gql = {
    Do(query, variables) {
      queries.push({ query, variables });
      const error = fails(query);
      if (error) throw new Error(error);
      if (query.includes("logs")) return { logs };
      return { jobQueue: typeof jobs === "function" ? jobs(query) : jobs, configuration: { general: { username }, plugins: { sample: settings } }, runPluginTask: "9" };
    },
  };
  const log = Object.fromEntries(["Debug", "Info", "Warn", "Error"].map((level) => [level, (text) => lines.push([level, text])]));
  const Args = { ...HOOK, ...hook, hookContext: { ...CONTEXT, ...context } };
  const input = { Args, ServerConnection: { SessionCookie: { Value: "cookie" } } };
  const result = vm.runInNewContext(SOURCE, { input, gql, log });
  return { queries, lines, result, started: queries.find((each) => each.query.includes("runPluginTask")) };
}

test("a save of a watched field starts the task and names the object", () => {
  const { queries, started } = hear();
  assert.deepStrictEqual(JSON.parse(JSON.stringify(started.variables)), { plugin: "sample", task: NAME, args: { mode: "drain", changed: "scene:7" } });
  assert.strictEqual(queries.length, 4);
});

test("behind a login the task gets the session of the save", () => {
  assert.strictEqual(hear({ username: "ann" }).started.variables.args.session, "cookie");
  assert.strictEqual(hear().started.variables.args.session, undefined);
});

test("settings are found under the names that Stash 0.25 gives them", () => {
  assert.ok(hear({ hook: { needs: "plex_url" }, settings: { plexUrl: "x" } }).started);
  assert.strictEqual(hear({ hook: { needs: "plex_url" }, settings: { plexUrl: "" } }).started, undefined);
});

test("of tasks that were started at the same moment only the first stays", () => {
  const stopped = (id, status = "READY") => {
    const late = { id, status, description: `Running plugin task: ${NAME}` };
    const { queries } = hear({ jobs: (query) => (query.includes("id status") ? [late] : []) });
    return queries.filter((each) => each.query.includes("stopJob")).length;
  };
  assert.deepStrictEqual([stopped("8"), stopped("9"), stopped("10"), stopped("8", "RUNNING")], [1, 0, 0, 0]);
});

test("a save of other fields asks Stash nothing", () => {
  assert.strictEqual(hear({ context: { inputFields: ["id", "resume_time"] } }).queries.length, 0);
  assert.strictEqual(hear({ context: { inputFields: undefined } }).queries.length, 0);
});

test("without fields every save counts", () => {
  assert.ok(hear({ hook: { fields: "" }, context: { inputFields: undefined } }).started);
});

test("the spelling of older releases is understood", () => {
  const context = { id: undefined, type: undefined, inputFields: undefined, ID: 9, Type: "Performer.Create.Post", InputFields: ["date"] };
  assert.strictEqual(hear({ context }).started.variables.args.changed, "performer:9");
});

test("of a bulk update only the first object asks Stash", () => {
  const bulk = (id) => hear({ context: { id, input: { ids: ["7", "8", "9"], title: "x" } } });
  assert.ok(bulk(7).started);
  assert.deepStrictEqual([bulk(8).queries.length, bulk(9).queries.length], [0, 0]);
  assert.ok(hear({ context: { input: { ids: [] } } }).started);
});

test("a task that waits already is enough, a running one is not", () => {
  const job = (status) => ({ status, description: `Running plugin task: ${NAME}` });
  assert.strictEqual(hear({ jobs: [job("READY")] }).started, undefined);
  assert.ok(hear({ jobs: [job("RUNNING")] }).started);
  assert.ok(hear({ jobs: [{ status: "READY", description: "Scanning..." }] }).started);
  assert.ok(hear({ jobs: null }).started);
});

test("a feature that is off or not set up starts nothing", () => {
  for (const settings of [{}, { url: "" }, { url: "x", enabled: false }, { url: "x", enabled: "false" }, { url: null }]) {
    assert.strictEqual(hear({ settings }).started, undefined);
  }
  assert.ok(hear({ settings: { url: "x", enabled: true } }).started);
  assert.ok(hear({ hook: { needs: "" }, settings: undefined }).started);
});

test("of several settings one is enough", () => {
  const isStarted = (settings) => Boolean(hear({ hook: { needs: "cleanUp|compare url|compare" }, settings }).started);
  assert.deepStrictEqual([isStarted({ compare: true }), isStarted({ cleanUp: true, url: "x" }), isStarted({ cleanUp: true }), isStarted({})], [true, true, false, false]);
});

test("an error breaks no save and is told once while it stands in the log", () => {
  const fails = (query) => (query.includes("runPluginTask") ? "plugin sample is disabled" : null);
  const first = hear({ fails });
  assert.match(first.lines[0][1], /was not started after a save .*plugin sample is disabled/);
  assert.deepStrictEqual([first.lines.length, first.result.Output], [1, null]);
  assert.deepStrictEqual(hear({ fails, logs: [{ message: `[Plugin / Sample] ${first.lines[0][1]}` }] }).lines, []);
});

test("when nothing can be asked the save goes on all the same", () => {
  const { lines, result } = hear({ fails: () => "database is locked" });
  assert.deepStrictEqual([lines.map(([level]) => level), result.Output], [["Debug"], null]);
  assert.strictEqual(vm.runInNewContext(SOURCE, { input: {}, gql: {}, log: { Debug() {} } }).Output, null);
});

test("a burst of saves asks one question each, while the task waits", () => {
  const jobs = [{ status: "READY", description: `Running plugin task: ${NAME}` }];
  assert.strictEqual(hear({ jobs }).queries.length, 1);
});

test("the script and what it evaluates are ES5 and short", () => {
  for (const script of [SOURCE, ...Object.values(STEPS)]) {
    acorn.parse(script, { ecmaVersion: 5 });
    assert.ok(script.split("\n").length < 100);
  }
});

test("of saves in a row those that announce more ask Stash nothing", () => {
  assert.strictEqual(hear({ context: { input: { ids: ["7"], clientMutationId: "more saves follow" } } }).queries.length, 0);
  assert.ok(hear({ context: { input: { ids: ["7"], clientMutationId: "another client" } } }).started);
});
