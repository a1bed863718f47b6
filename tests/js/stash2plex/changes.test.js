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
  ["a position is told in minutes", { field: "resume", action: "set", before: 0, after: 725.4 }, { field: "resume", before: "0:00", after: "12:05" }],
  ["a rating is told in stars", { field: "stars", action: "set", before: null, after: 70 }, { field: "stars", before: undefined, after: "stars.of 3.5" }],
  ["a scene on a shelf is told by its title", { item: { kind: "shelf" }, field: "members", action: "remove", before: "17", after: null, original_reason: "Beach day" }, { field: "members", before: "Beach day", after: undefined, reason: "" }],
  ["the places of a shelf are named", { item: { kind: "shelf" }, field: "places", action: "set", before: [], after: ["home"] }, { field: "places", before: undefined, after: "shelf.place.home" }],
  ["a play is told by its time here", { field: "plays", action: "add", before: null, after: "2024-03-01T20:15:00Z" }, { field: "plays", before: undefined, after: new Date("2024-03-01T20:15:00Z").toLocaleString() }],
]) {
  test(name, () => assert.deepEqual(core.describeChange(change, t), expected));
}

const POSTER = { item: { kind: "plex", id: "abcd1234/17", label: "Beach day" }, field: "poster", action: "set", before: "upload://posters/aa", after: "upload://posters/bb", source: "Stash scene 5" };
for (const [name, change, expected] of [
  ["a planned poster is the cover of its scene", { ...POSTER, outcome: "planned" }, { ratingKey: "17", picture: "poster", coverOf: "5" }],
  ["a poster that was sent is in Plex", { ...POSTER, outcome: "changed" }, { ratingKey: "17", picture: "poster", coverOf: "" }],
  ["another field has no picture", { ...POSTER, field: "title" }, null],
]) {
  test(name, () => assert.deepEqual(core.findPictures(change), expected));
}

test("the sides of an item are its poster and the cover of its scene", () => {
  assert.deepEqual(core.findSides([{ ...POSTER, field: "title" }]), { ratingKey: "17", scene: "5" });
  assert.equal(core.findSides([{ ...POSTER, item: { kind: "scene", id: "5" } }]), null);
});
