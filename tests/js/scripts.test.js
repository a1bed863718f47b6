// Shipped scripts: each alone and all joined are classic scripts, and they keep the style bars.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const acorn = require("acorn");
const { ROOT, kitFiles, kitPath, listScripts, pluginScripts, runScripts } = require("./harness/shipped.js");
const { measure } = require("./harness/shape.js");

const PLUGINS = ["missingScenes", "tagManager", "stash2plex", "performerSiteSync"];
const shipped = [...new Set(PLUGINS.flatMap(pluginScripts))];
const parse = (source) => acorn.parse(source, { ecmaVersion: 2020, sourceType: "script", locations: true });
const STARTER_BYTES = 12 * 1024;
/** Return the meaning of a script: its syntax without the places of its parts. */
const readMeaning = (source) => JSON.stringify(parse(source), (key, value) => (["start", "end", "loc"].includes(key) ? undefined : value instanceof RegExp ? String(value) : value));
const nameOf = (file) => path.relative(ROOT, file);

for (const file of shipped) {
  const source = fs.readFileSync(file, "utf8");

  test(`${nameOf(file)} is a classic script of its own`, () => {
    const { body } = parse(source);
    assert.equal(body.length, 1, "one function that runs at once, nothing global");
    assert.equal(body[0].expression.type, "CallExpression");
    assert.ok(source.trimEnd().endsWith(";"), "a file ends with ; because another one follows");
  });

  test(`${nameOf(file)} keeps the style bars`, () => {
    const found = measure(source);
    assert.ok(found.lines <= 400, `${found.lines} lines`);
    assert.ok(found.longest.lines <= 60, `a function of ${found.longest.lines} lines at ${found.longest.at}`);
    assert.deepEqual([found.htmlWrites, found.observers, found.intervals], [0, 0, 0]);
  });
}

test("the kit joined in load order is a classic script", () => {
  const joined = kitFiles().map((name) => fs.readFileSync(kitPath(name), "utf8"));
  assert.equal(parse(joined.join("\n")).body.length, joined.length);
});

for (const plugin of PLUGINS) {
  test(`${plugin}: the scripts run in load order and register one page`, () => {
    const { routes } = runScripts(plugin);
    assert.equal(routes.length, 1);
  });
}

test("only the clock and the host of the kit start a timer, and only two query Stash's page", () => {
  const all = kitFiles().map((name) => ({ name, ...measure(fs.readFileSync(kitPath(name), "utf8")) }));
  assert.deepEqual(all.filter((file) => file.timers).map((file) => file.name), ["starter/host.js", "host/browser/clock.js"]);
  assert.deepEqual(all.filter((file) => file.queries).map((file) => file.name), ["starter/host.js", "host/stash/button-row.js"]);
});

test("no catch clause is empty", () => {
  for (const file of shipped) assert.equal(measure(fs.readFileSync(file, "utf8")).emptyCatches, 0, nameOf(file));
});

for (const plugin of PLUGINS) {
  test(`${plugin}: what Stash loads on every page is small`, () => {
    const { starter, shortened } = listScripts(plugin);
    const bytes = starter.reduce((sum, file) => sum + Buffer.byteLength(shortened[file]) + 1, 0);
    assert.ok(bytes <= STARTER_BYTES, `${bytes} bytes`);
  });

  test(`${plugin}: the build shortens scripts without changing what they mean`, () => {
    const changed = Object.entries(listScripts(plugin).shortened).filter(([file, text]) => readMeaning(text) !== readMeaning(fs.readFileSync(file, "utf8")));
    assert.deepEqual(changed.map(([file]) => nameOf(file)), []);
  });
}
