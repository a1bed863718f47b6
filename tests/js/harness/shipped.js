// Loads shipped files: a pure part of the kit on its own, or all scripts of a plugin in the manifest's order with a stand-in for Stash.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "../../..");
const KIT = path.join(ROOT, "shared/ui");

/** Return the paths of a plugin's scripts in the order in which its manifest lists them, the kit's first. */
const pluginScripts = (plugin) => {
  const manifest = fs.readFileSync(path.join(ROOT, plugin, `${plugin}.yml`), "utf8");
  const names = [...manifest.matchAll(/- "(.+\.js)"/g)].map((found) => found[1]);
  return names.map((name) => (name.startsWith("shared/") ? path.join(ROOT, name) : path.join(ROOT, plugin, name)));
};

/** Return the kit's files in load order, as paths below shared/ui. */
const kitFiles = () =>
  pluginScripts("missingScenes")
    .filter((file) => file.startsWith(KIT))
    .map((file) => path.relative(KIT, file));
const kitPath = (name) => path.join(KIT, name);
const loadCore = (name) => require(kitPath(`core/${name}.js`));
const loadPluginCore = (plugin, name) => require(path.join(ROOT, plugin, "ui/core", `${name}.js`));

/** Return an object that answers every property and call with another such object. */
function makeStandIn(known = {}) {
  return new Proxy(function standIn() {}, {
    get: (_, name) => (name in known ? known[name] : makeStandIn()),
    apply: () => makeStandIn(),
  });
}

/** Run a plugin's scripts in load order without a browser; return the kit with everything they put on it, and the addresses of their pages. */
function runScripts(plugin) {
  const routes = [];
  const register = { route: (address) => routes.push(address) };
  const window = { PluginApi: makeStandIn({ React: makeStandIn({ Component: class {} }), register }), navigator: { language: "en" } };
  const document = { addEventListener: () => undefined, querySelector: () => null };
  for (const file of pluginScripts(plugin)) {
    new Function("window", "globalThis", "document", "module", fs.readFileSync(file, "utf8"))(window, window, document);
  }
  return { kit: window.StashBundleKit, routes };
}

module.exports = { ROOT, kitFiles, kitPath, loadCore, loadPluginCore, pluginScripts, runScripts };
