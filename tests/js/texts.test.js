// The texts of the kit and of the plugins: each key that a script names exists, and each text is named by a script.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { FAMILIES, expandFamily } = require("./harness/text_families.js");
const { findKeys, looksLikeKey } = require("./harness/text_keys.js");
const { ROOT } = require("./harness/shipped.js");

const KIT = "shared";
// The start of a key that a script hands to the kit's `${words}.${key}`.
const HANDED = ["whisparr.total"];
const PLUGINS = ["missingScenes", "tagManager", "stash2plex", "performerSiteSync"];

const listScripts = (folder) =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? listScripts(path.join(folder, entry.name)) : [path.join(folder, entry.name)]))
    .filter((file) => file.endsWith(".js"));

/** Run the files that hold the English texts and return these. */
function readWords(owner, files) {
  const kit = { dictionaries: {}, starterWords: { en: {} } };
  const run = (file) => new Function("window", fs.readFileSync(file, "utf8"))({ StashBundleKit: kit });
  if (owner !== KIT) run(path.join(ROOT, owner, "ui/namespace.js"));
  files.forEach(run);
  const [name] = Object.keys(kit).filter((key) => key !== "dictionaries" && key !== "starterWords");
  return { ...(owner === KIT ? kit.dictionaries : kit[name].words).en, ...kit.starterWords.en };
}

/** Return the texts of the kit or a plugin, the keys that its scripts name, and those of its families. */
function readTexts(owner) {
  const scripts = listScripts(path.join(ROOT, owner, "ui"));
  const isWords = (file) => path.basename(path.dirname(file)) === "words";
  const sources = scripts.filter((file) => !isWords(file)).map((file) => fs.readFileSync(file, "utf8"));
  const found = sources.map(findKeys);
  const families = FAMILIES[owner];
  // A part of a dynamic key may have a dot of its own, as "state.down" has in `${key}.title`.
  const parts = new Set([...HANDED, ...Object.values(families).flat(2)]);
  const literals = found.flatMap((each) => each.literals).filter((text) => looksLikeKey(text) && !parts.has(text));
  return {
    words: readWords(owner, scripts.filter(isWords)),
    named: [...literals, ...found.flatMap(({ asked }) => asked)],
    patterns: new Set(found.flatMap(({ patterns }) => patterns)),
    familyKeys: Object.entries(families).flatMap(([pattern, values]) => expandFamily(pattern, values)),
  };
}

const texts = Object.fromEntries([KIT, ...PLUGINS].map((owner) => [owner, readTexts(owner)]));
const kit = texts[KIT];

for (const [owner, { words, named, patterns, familyKeys }] of Object.entries(texts)) {
  const isMissing = (key) => !(key in words) && !(key in kit.words);
  const list = (keys) => [...new Set(keys)].sort();

  test(`${owner}: every key that a script names exists`, () => {
    assert.deepEqual(list(named.filter(isMissing)), []);
  });

  test(`${owner}: every key that a script makes from a value exists`, () => {
    assert.deepEqual(list(familyKeys.filter(isMissing)), []);
  });

  test(`${owner}: every template that makes a key has a row in the table of families, and every row a template`, () => {
    const rows = Object.keys(FAMILIES[owner]);
    const unlisted = [...patterns].filter((pattern) => !rows.includes(pattern));
    const stale = rows.filter((pattern) => !patterns.has(pattern));
    assert.deepEqual({ unlisted, stale }, { unlisted: [], stale: [] });
  });

  test(`${owner}: every text is used`, () => {
    const users = owner === KIT ? Object.values(texts) : [texts[owner]];
    const used = new Set(users.flatMap((user) => [...user.named, ...user.familyKeys]));
    assert.deepEqual(list(Object.keys(words).filter((key) => !used.has(key))), []);
  });
}

test("no plugin replaces a text of the kit", () => {
  const replaced = PLUGINS.flatMap((owner) => Object.keys(texts[owner].words).filter((key) => key in kit.words));
  assert.deepEqual(replaced, []);
});
