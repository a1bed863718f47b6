"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const core = require(path.join(__dirname, "..", "..", "..", "stash2plex", "ui", "core", "changes.js"));
const WORDS = { "field.title": "Title", "field.poster": "Poster", "field.locks": "Lock", "field.originallyAvailableAt": "Release date", "field.actor.photos": "Photos" };
const t = (key, values = {}, fallback = key) => (key in WORDS ? WORDS[key] : Object.keys(values).length ? `${key} ${Object.values(values).join(" ")}` : fallback);

for (const [field, name] of [["originallyAvailableAt", "Release date"], ["thumb", "Poster"], ["unheard", "unheard"]]) {
  test(`the field ${field} is called ${name}`, () => assert.equal(core.nameField(field, t), name));
}

for (const [name, change, expected] of [
  ["what is not written has no values", { field: "", action: "set", before: null, after: null }, { field: "", before: null, after: null }],
  ["a value is left as it is", { field: "title", action: "set", before: "a", after: "b" }, { field: "Title" }],
  ["a lock that is set names its field", { field: "locks", action: "add", before: null, after: "thumb" }, { field: "Lock", after: "lock.on Poster" }],
  ["a lock that is taken off names its field", { field: "locks", action: "remove", before: "title", after: null }, { field: "Lock", before: "lock.off Title" }],
  ["a picture is told from another one", { field: "poster", action: "set", before: null, after: "upload://posters/0123456789" }, { field: "Poster", before: undefined, after: "picture.named 456789" }],
  ["photos are told by whose they are", { field: "actor.photos", action: "set", before: null, after: { Ann: "u1", Bea: "u2" } }, { field: "Photos", before: undefined, after: "Ann, Bea" }],
]) {
  test(name, () => assert.deepEqual(core.describeChange(change, t), expected));
}
