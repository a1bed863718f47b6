// Runs scripts of plugins with `interface: js` as Stash does inside its own process. sandbox/stash/plugins/script.py starts it.
// One JSON document per line on stdin asks for a run. What the script does is one line each on stdout: a log line, a
// query (its answer is the next line on stdin), and last either `end`, the result, or `refused`, a script that cannot start.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const { findSyntaxError } = require("./syntax.js");
const library = require("./library.json");

const GLOBALS = path.join(__dirname, "globals.js");
const makeGlobals = new vm.Script(fs.readFileSync(GLOBALS, "utf8"), { filename: GLOBALS });
const MOST_COMPILED = 50;
const STRICT = '"use strict";'; // Stash compiles for goja in strict mode, for Otto without

let pending = Buffer.alloc(0);

function readLine() {
  for (;;) {
    const end = pending.indexOf(10);
    if (end >= 0) {
      const line = pending.subarray(0, end).toString("utf8");
      pending = pending.subarray(end + 1);
      return line;
    }
    const chunk = Buffer.alloc(65536);
    const length = fs.readSync(0, chunk, 0, chunk.length, null);
    if (!length) {
      return null;
    }
    pending = Buffer.concat([pending, chunk.subarray(0, length)]);
  }
}

function sendLine(text) {
  const data = Buffer.from(text + "\n");
  for (let sent = 0; sent < data.length; ) {
    sent += fs.writeSync(1, data, sent);
  }
}

// Return what Node's library has and the engine's has not, as pairs of object and name; objects come after their parts.
function listUnknown(engine) {
  const known = library[engine];
  const global = vm.runInContext("globalThis", vm.createContext({}));
  const objects = { global };
  for (const name of Object.getOwnPropertyNames(global)) {
    objects[name] = global[name];
    objects[`${name}.prototype`] = global[name] && global[name].prototype;
  }
  const unknown = [];
  for (const name of Object.keys(known).reverse()) {
    const names = new Set(known[name].split(" "));
    const present = objects[name] ? Object.getOwnPropertyNames(objects[name]) : [];
    unknown.push(...present.filter((key) => !names.has(key)).map((key) => [name, key]));
  }
  return unknown;
}

const unknownTo = Object.fromEntries(Object.keys(library).map((engine) => [engine, listUnknown(engine)]));
const compiled = new Map();

const send = (message) => sendLine(JSON.stringify(message));

// Everything the script can touch is made inside its context: objects of Node's own would bring along Node's library.
function makeContext(task) {
  const host = {
    sendLine,
    readLine,
    sleep: (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, ms)),
  };
  const given = { host, task: JSON.stringify({ ...task, source: null, unknown: unknownTo[task.engine] }) };
  const context = vm.createContext(given, { microtaskMode: "afterEvaluate" });
  makeGlobals.runInContext(context);
  return context;
}

function compile(task) {
  const prefix = task.engine === "goja" ? STRICT : "";
  const source = prefix + task.source.replace(/^#!/, "//");
  const key = JSON.stringify([task.engine, task.path, source]);
  if (compiled.has(key)) {
    return compiled.get(key);
  }
  const wrong = findSyntaxError(task, source, prefix.length);
  if (wrong) {
    send({ refused: wrong });
    return null;
  }
  if (compiled.size >= MOST_COMPILED) {
    compiled.clear(); // this process outlives the doubles whose scripts it runs
  }
  try {
    compiled.set(key, new vm.Script(source, { filename: task.path, columnOffset: -prefix.length }));
    return compiled.get(key);
  } catch (error) {
    send({ refused: String(error) });
    return null;
  }
}

// Return an error as Stash shows it, with the place in the script.
function describeError(error, file) {
  const text = String(error);
  const frames = error instanceof Object || typeof error === "object" ? String((error || {}).stack).split("\n") : [];
  const frame = frames.find((line) => line.startsWith("    at ") && line.includes(file));
  return frame ? `${text} at ${frame.slice("    at ".length)}` : text;
}

function run(task) {
  const script = compile(task);
  if (!script) {
    return;
  }
  try {
    const value = script.runInContext(makeContext(task));
    const result = value === null || value === undefined ? {} : Object(value);
    const hasError = result.Error !== undefined && (result.Error !== null || task.engine === "otto");
    const output = JSON.stringify(result.Output) === undefined ? null : result.Output;
    send({ end: { output, error: hasError ? String(result.Error) : null } });
  } catch (error) {
    send({ end: { output: null, error: describeError(error, task.path) } });
  }
}

for (let line = readLine(); line !== null; line = readLine()) {
  run(JSON.parse(line));
}
