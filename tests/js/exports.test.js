// What scripts share through the kit and through a plugin's object: each name that one reads exists, and each that one puts there is read.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { listExports, listReads } = require("./harness/members.js");
const { ROOT, kitPath, kitFiles, pluginScripts, runScripts } = require("./harness/shipped.js");

const OWNERS = { missingScenes: "missing", tagManager: "tagging", stash2plex: "plexSync", performerSiteSync: "performers" };
const PLUGINS = Object.keys(OWNERS);
const sources = new Map(PLUGINS.flatMap(pluginScripts).map((file) => [file, fs.readFileSync(file, "utf8")]));
const testSources = listFiles(__dirname).map((file) => fs.readFileSync(file, "utf8"));
const kitScripts = kitFiles().map(kitPath);
const nameOf = (file) => path.relative(ROOT, file);
// Tag Manager's pure parts are objects of their own.
const isNested = (file) => nameOf(file).startsWith("tagManager/ui/core/");

function listFiles(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? listFiles(path.join(folder, entry.name)) : [path.join(folder, entry.name)]));
}

/** Return "name in file" for every name that a file puts on an object and neither another file nor a test reads. */
function findUnread(files, owner, readers) {
  const reads = new Map(readers.map((file) => [file, new Set(listReads(sources.get(file), owner))]));
  const isRead = (name, file) => [...reads].some(([reader, names]) => reader !== file && names.has(name)) || testSources.some((source) => new RegExp(`\\b${name}\\b`).test(source));
  return files.flatMap((file) => listExports(sources.get(file), owner).filter((name) => !isRead(name, file)).map((name) => `${name} in ${nameOf(file)}`));
}

for (const plugin of PLUGINS) {
  const scripts = pluginScripts(plugin);
  const own = scripts.filter((file) => !kitScripts.includes(file));

  test(`${plugin}: every name that a script reads from the kit or from ${OWNERS[plugin]} exists`, () => {
    const { kit } = runScripts(plugin);
    const shared = { kit, [OWNERS[plugin]]: kit[OWNERS[plugin]] };
    const missing = scripts.flatMap((file) =>
      Object.keys(shared).flatMap((owner) => listReads(sources.get(file), owner).filter((name) => !(name in shared[owner])).map((name) => `${owner}.${name} in ${nameOf(file)}`)),
    );
    assert.deepEqual(missing, []);
  });

  test(`${plugin}: every name on ${OWNERS[plugin]} is read by another file`, () => {
    assert.deepEqual(findUnread(own.filter((file) => !isNested(file)), OWNERS[plugin], own), []);
  });
}

test("every name on the kit is read by another file", () => {
  assert.deepEqual(findUnread(kitScripts, "kit", [...sources.keys()]), []);
});
