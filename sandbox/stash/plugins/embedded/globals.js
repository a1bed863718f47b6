// Evaluated inside of a script's own context, before the script: makes the globals Stash gives to it, and takes away
// what its engine does not know. The global `host` speaks with the sandbox; `task` is the task (see run.js) as JSON.
(function () {
  "use strict";

  const { host, task } = globalThis;
  const { engine, input, canReport, unknown } = JSON.parse(task);
  const isOtto = engine === "otto";
  const ESCAPED = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026" };
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { deleteProperty } = Reflect;
  const { create, defineProperty, keys } = Object;
  const global = globalThis;

  function forget() {
    for (const [name, key] of unknown) {
      const [holder, part] = name.split(".");
      const object = name === "global" ? global : global[holder];
      deleteProperty(part ? object[part] : object, key);
    }
    ["host", "task"].forEach((name) => deleteProperty(global, name));
  }

  // JSON as Go writes it: keys sorted, undefined as null, HTML characters escaped.
  function sortKeys(value) {
    if (isArray(value)) {
      return value.map(sortKeys);
    }
    if (value === null || typeof value !== "object") {
      return value === undefined ? null : value;
    }
    const sorted = {};
    keys(value).sort().forEach((key) => (sorted[key] = sortKeys(value[key])));
    return sorted;
  }

  function showLogged(value) {
    const isObject = value !== null && typeof value === "object" && !(value instanceof Date);
    if (!isObject || (isArray(value) && !isOtto)) {
      return String(value);
    }
    return stringify(sortKeys(value)).replace(/[<>&]/g, (letter) => ESCAPED[letter]);
  }

  const send = (message) => host.sendLine(stringify(message));

  function makeLog(names, isConsole) {
    const log = {};
    for (const [name, level] of names) {
      log[name] = (value) => send({ level, text: showLogged(value), isConsole });
    }
    return log;
  }

  function reportProgress(value) {
    if (isOtto && typeof value !== "number") {
      return;
    }
    if (!canReport) {
      // Stash waits for ever for a reader of the progress of a hook or operation; a test should not.
      throw new Error("log.Progress: Stash never comes back from it in a hook or an operation");
    }
    send({ level: "progress", text: String(Math.min(Math.max(0, Number(value)), 1)) });
  }

  // In goja the message of this error is an object of Go: no text methods, but String() reads it.
  function failQuery(reason) {
    const error = new Error(reason);
    if (!isOtto) {
      const message = create({ toString: () => reason });
      defineProperty(error, "message", { value: message, enumerable: false, writable: true, configurable: true });
    }
    throw error;
  }

  function readVariables(variables) {
    const isMap = variables !== null && typeof variables === "object" && !isArray(variables);
    if (isMap || variables === undefined || variables === null || isOtto) {
      return isMap ? variables : {};
    }
    const reason = `could not convert ${String(variables)} to map[string]interface {}`;
    throw new TypeError(`could not convert function call parameter 1: ${reason}`);
  }

  const gql = {
    Do(query, variables) {
      if (isOtto && arguments.length === 0) {
        throw new Error("missing argument");
      }
      const document = query === undefined && !isOtto ? "" : String(query);
      send({ query: document, variables: sortKeys(readVariables(variables)) });
      const answer = parse(host.readLine());
      return answer.error === undefined ? answer.data : failQuery(answer.error);
    },
  };
  const LEVELS = [["Trace", "trace"], ["Debug", "debug"], ["Info", "info"], ["Warn", "warning"], ["Error", "error"]];
  const CONSOLE = [["log", "info"], ["error", "error"], ["warn", "warning"], ["info", "info"], ["debug", "debug"]];
  const log = makeLog(LEVELS, false);
  log.Progress = reportProgress;
  const consoleOfStash = makeLog(CONSOLE, true);
  if (isOtto) {
    // Otto's console writes to the standard output, which Stash does not log.
    keys(consoleOfStash).forEach((name) => (consoleOfStash[name] = () => undefined));
  }

  // Optional values of a hook's input are pointers of Go: objects, so `===` with a text or a number is false.
  function boxValues(context) {
    const given = context.input;
    const plain = ["id", "ids", context.type.endsWith(".Create.Post") ? "name" : ""];
    for (const key of given ? keys(given) : []) {
      if (given[key] !== null && plain.indexOf(key) < 0) {
        given[key] = Object(given[key]);
      }
    }
  }

  if (!isOtto && input.Args.hookContext) {
    boxValues(input.Args.hookContext);
  }
  const util = { Sleep: (ms) => void host.sleep(Math.trunc(Number(ms)) || 0) };
  forget();
  const given = { input: Object.preventExtensions(input), log, gql, util, console: consoleOfStash };
  keys(given).forEach((name) => (global[name] = given[name]));
})();
