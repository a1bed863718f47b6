// Finds what scripts put on the shared objects (the kit, a plugin's object) and what they read from them.
"use strict";
const acorn = require("acorn");

const isNamed = (node, type) => Boolean(node) && node.type === type;

function* walk(node) {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child.type === "string") yield* walk(child);
    }
  }
}

const keysOf = (object) => object.properties.map((property) => (property.key.name ? property.key.name : property.key.value));

/** Return the names that a script reads from an object: `kit.name` and `const { name } = kit`. */
function listReads(source, owner) {
  const nodes = [...walk(acorn.parse(source, { ecmaVersion: "latest", sourceType: "script" }))];
  const isOwner = (node) => isNamed(node, "Identifier") && node.name === owner;
  const members = nodes.filter((node) => node.type === "MemberExpression" && !node.computed && isOwner(node.object)).map((node) => node.property.name);
  const taken = nodes.filter((node) => node.type === "VariableDeclarator" && isNamed(node.id, "ObjectPattern") && isOwner(node.init)).flatMap((node) => keysOf(node.id));
  return [...members, ...taken];
}

/** Return the names that a script puts on an object: the keys of `Object.assign(kit, {…})`, or of a pure part's `core`. */
function listExports(source, owner) {
  const nodes = [...walk(acorn.parse(source, { ecmaVersion: "latest", sourceType: "script" }))];
  const assigned = nodes.filter((node) => node.type === "CallExpression" && isNamed(node.callee, "MemberExpression") && node.callee.property.name === "assign" && node.arguments[0].name === owner);
  const objects = assigned.map((call) => call.arguments[1]).filter((node) => isNamed(node, "ObjectExpression"));
  const cores = nodes.filter((node) => node.type === "VariableDeclarator" && node.id.name === "core" && isNamed(node.init, "ObjectExpression")).map((node) => node.init);
  return [...objects, ...cores].flatMap(keysOf);
}

module.exports = { listReads, listExports };
