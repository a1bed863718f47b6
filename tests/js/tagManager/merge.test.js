"use strict";
const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");

const merging = require(path.join(__dirname, "..", "..", "..", "tagManager", "ui", "core", "merge.js"));
const shown = {
  tag: { id: 1, name: "Wet", aliases: ["Damp"], description: "", parents: [{ id: "7", name: "Weather" }] },
  remote: { name: "Rain", aliases: ["Drizzle", "damp"], description: "Water", linked_to: [] },
  parent: { id: 8, name: "Sky", is_new: false },
  replaces: [],
};
const choice = (more) => ({ name: "keep", description: "keep", aliases: ["Damp"], parent: "keep", link: false, ...more });
const taken = (value, id = 5) => ({ field: "alias", value, holder: { id, name: "Other" }, by: "name" });
const changes = (more, merged = []) => merging.listChanges(shown, choice(more), merged).map((one) => `${one.what} ${one.value}`.trim());

for (const [more, rows] of [
  [{}, ["own Damp", "box Rain", "box Drizzle"]],
  [{ name: "take" }, ["own Damp", "old Wet", "box Drizzle"]],
  [{ name: "take", new_name: "Drizzle" }, ["own Damp", "old Wet", "box Rain"]],
  [{ name: "take", new_name: "  " }, ["own Damp", "old Wet", "box Drizzle"]],
]) {
  test(`with ${JSON.stringify(more)} these aliases can be chosen: ${rows.join(", ")}`, () =>
    assert.deepEqual(merging.listAliases(shown, choice(more)).map((row) => `${row.from} ${row.value}`), rows));
}

for (const [more, after] of [
  [{ name: "take_alias" }, ["Damp", "Wet"]],
  [{ name: "take" }, ["Damp"]],
  [{ aliases: ["DAMP", "rain"] }, ["Damp", "Rain"]],
]) {
  test(`with ${JSON.stringify(more)} the aliases are ${after.join(", ")}`, () => assert.deepEqual(merging.chooseAliases(shown, choice(more)), after));
}

for (const [more, what] of [
  [{}, []],
  [{ name: "take_alias" }, ["name Rain", "alias_add Wet"]],
  [{ description: "take", link: true }, ["description", "link Rain"]],
  [{ aliases: ["Drizzle"], parent: "add" }, ["alias_remove Damp", "alias_add Drizzle", "parent Sky"]],
]) {
  test(`with ${JSON.stringify(more)} it changes ${what.join(", ") || "nothing"}`, () => assert.deepEqual(changes(more), what));
}

test("a tag that has the link already is not linked again, unless it replaces another link", () => {
  const linked = { ...shown, remote: { ...shown.remote, linked_to: [{ id: 1 }] } };
  const count = (found) => merging.listChanges(found, choice({ link: true }), []).length;
  assert.deepEqual([count(linked), count({ ...linked, replaces: ["Fog"] })], [0, 1]);
});

test("a conflict counts only while its value is chosen, as the name or as an alias", () => {
  const fields = (more) => merging.listConflicts(shown, [taken("rain")], choice(more), []).map((one) => one.field);
  assert.deepEqual([fields({}), fields({ aliases: ["Rain"] }), fields({ name: "take" })], [[], ["alias"], ["name"]]);
});

test("a tag that is merged into this one is no conflict", () => {
  assert.deepEqual(merging.listConflicts(shown, [taken("Rain")], choice({ name: "take" }), [5]), []);
});

test("leaving out drops the alias, or keeps the own name", () => {
  assert.deepEqual(merging.dropConflict(choice({ aliases: ["Damp", "Drizzle"] }), taken("drizzle")).aliases, ["Damp"]);
  assert.equal(merging.dropConflict(choice({ name: "take" }), { ...taken("Rain"), field: "name" }).name, "keep");
});

test("a later answer replaces the known conflicts of the values it was asked about", () => {
  const known = merging.updateConflicts([taken("Rain"), taken("Fog")], [taken("Hail")], ["rain", "Hail"]);
  assert.deepEqual(known.map((one) => one.value), ["Fog", "Hail"]);
});
