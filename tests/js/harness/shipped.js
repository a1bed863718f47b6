// Loads shipped files: a pure part on its own, or the whole kit as one classic script with a stand-in for Stash.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "../../..");
const KIT = path.join(ROOT, "shared/ui");

/** The kit's files in the order in which a manifest lists them, as paths below shared/ui. */
const kitFiles = () => {
  const manifest = fs.readFileSync(path.join(ROOT, "missingScenes/missingScenes.yml"), "utf8");
  return [...manifest.matchAll(/"shared\/ui\/(.+\.js)"/g)].map((found) => found[1]);
};
const kitPath = (name) => path.join(KIT, name);
const loadCore = (name) => require(kitPath(`core/${name}.js`));

module.exports = { ROOT, kitFiles, kitPath, loadCore };
