// Runs scripts of plugins as Stash does inside its own process: one JSON document per line on stdin asks for a run, and
// everything the script does (queries, log lines, its end) is one line on stdout. Queries are answered on stdin.
"use strict";

const fs = require("node:fs");
const vm = require("node:vm");

const LEVELS = ["Trace", "Debug", "Info", "Warn", "Error"];
// Otto, which runs scripts before Stash 0.26, knows the language and the library of ES5 only.
const UNKNOWN_TO_OTTO = ["Promise", "Map", "Set", "WeakMap", "WeakSet", "Symbol", "Proxy", "Reflect", "globalThis"];
const FORGET_METHODS = `
  ["includes", "find", "findIndex", "fill", "flat", "flatMap", "from", "of", "keys", "values", "entries", "at"]
    .forEach(function (name) { delete Array.prototype[name]; delete Array[name]; });
  ["includes", "startsWith", "endsWith", "repeat", "padStart", "padEnd", "matchAll", "replaceAll", "at"]
    .forEach(function (name) { delete String.prototype[name]; });
  ["assign", "entries", "values", "fromEntries", "is"].forEach(function (name) { delete Object[name]; });`;

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

function send(message) {
  const data = Buffer.from(JSON.stringify(message) + "\n");
  for (let sent = 0; sent < data.length; ) {
    sent += fs.writeSync(1, data, sent);
  }
}

function makeGlobals(input) {
  const log = { Progress: (fraction) => send({ level: "progress", text: String(fraction) }) };
  for (const level of LEVELS) {
    log[level] = (value) => send({ level, text: typeof value === "object" ? JSON.stringify(value) : String(value) });
  }
  const gql = {
    Do(query, variables) {
      send({ query, variables: variables || {} });
      const answer = JSON.parse(readLine());
      if (answer.error !== undefined) {
        throw new Error(answer.error);
      }
      return answer.data;
    },
  };
  const util = { Sleep: (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms) };
  return { input, log, gql, util, console: { log: log.Info } };
}

function run(task) {
  try {
    const context = vm.createContext(makeGlobals(task.input));
    if (task.isOtto) {
      require(task.acorn).parse(task.source, { ecmaVersion: 5 });
      UNKNOWN_TO_OTTO.forEach((name) => vm.runInContext(`delete this.${name}`, context));
      vm.runInContext(FORGET_METHODS, context);
    }
    const value = vm.runInContext(task.source, context, { filename: task.path });
    const result = value === null || value === undefined ? {} : Object(value);
    const error = result.Error === null || result.Error === undefined ? null : String(result.Error);
    send({ end: { output: result.Output === undefined ? null : result.Output, error } });
  } catch (error) {
    send({ end: { output: null, error: String(error) } });
  }
}

for (let line = readLine(); line !== null; line = readLine()) {
  run(JSON.parse(line));
}
