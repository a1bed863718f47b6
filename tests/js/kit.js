// Loads shipped files: a pure part on its own, or the whole kit as one classic script with a stand-in for Stash.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "../..");
const KIT = path.join(ROOT, "shared/ui");

const kitFiles = () => fs.readdirSync(KIT).filter((name) => name.endsWith(".js")).sort();
const kitPath = (name) => path.join(KIT, name);
const loadCore = (name) => require(kitPath(name));

module.exports = { ROOT, kitFiles, kitPath, loadCore };
