// Loads shipped files: a pure part of the kit on its own, or all scripts of a plugin in load order with a stand-in for Stash.
"use strict";
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "../../..");
const KIT = path.join(ROOT, "shared/ui");

const readScripts = (plugin) => JSON.parse(execFileSync(process.env.PYTHON || "python3", ["-B", "-m", "scripts.release.page_scripts", plugin], { cwd: ROOT, maxBuffer: 1 << 26 }));
const read = new Map();

/** Return the scripts of a plugin as the build joins them: `starter`, `host` and `page` are paths in load order, `shortened` the texts by path. */
const listScripts = (plugin) => {
  if (!read.has(plugin)) read.set(plugin, readScripts(plugin));
  return read.get(plugin);
};

/** Return the paths of a plugin's scripts in load order, the starter's first. */
const pluginScripts = (plugin) => ["starter", "host", "page"].flatMap((stage) => listScripts(plugin)[stage]);

/** Return the kit's files in load order, as paths below shared/ui. */
const kitFiles = () =>
  pluginScripts("missingScenes")
    .filter((file) => file.startsWith(KIT))
    .map((file) => path.relative(KIT, file));
const kitPath = (name) => path.join(KIT, name);
const loadCore = (name) => require(["core", "host/core", "starter/core"].map((folder) => kitPath(`${folder}/${name}.js`)).find((file) => fs.existsSync(file)));
const loadPluginCore = (plugin, name) => require(path.join(ROOT, plugin, "ui/core", `${name}.js`));

/** Return an object that answers every property and call with another such object. */
function makeStandIn(known = {}) {
  return new Proxy(function standIn() {}, {
    get: (_, name) => (name in known ? known[name] : makeStandIn()),
    apply: () => makeStandIn(),
  });
}

/** Run a plugin's scripts in load order without a browser; return the kit with everything they put on it, and the addresses of their pages. */
function runScripts(plugin, React = makeStandIn({ Component: class {} })) {
  const routes = [];
  const register = { route: (address) => routes.push(address) };
  const memory = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  const window = { sessionStorage: memory, localStorage: memory, PluginApi: makeStandIn({ React, register }), navigator: { language: "en" } };
  const document = { addEventListener: () => undefined, querySelector: () => null };
  for (const file of pluginScripts(plugin)) {
    new Function("window", "globalThis", "document", "module", fs.readFileSync(file, "utf8"))(window, window, document);
  }
  return { kit: window.StashBundleKit, routes };
}

module.exports = { ROOT, kitFiles, kitPath, listScripts, loadCore, loadPluginCore, pluginScripts, runScripts };
