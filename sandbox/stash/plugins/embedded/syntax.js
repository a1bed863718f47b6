// Finds what Stash's engines cannot compile though Node can: Otto, up to Stash 0.25, knows ES5; goja most of ES2022.
"use strict";

const REFUSED_BY_GOJA = {
  ImportExpression: () => "Unexpected reserved word",
  MetaProperty: (node) => (node.meta.name === "import" ? "Unexpected reserved word" : ""),
  AssignmentExpression: (node) => (["||=", "&&=", "??="].includes(node.operator) ? "Unexpected token =" : ""),
  Literal: (node) => checkLiteral(node),
  FunctionDeclaration: (node) => checkFunction(node),
  FunctionExpression: (node) => checkFunction(node),
  ForOfStatement: (node) => (node.await ? "Unexpected token await" : ""),
};

function checkFunction(node) {
  return node.async && node.generator ? "Async generators are not supported yet" : "";
}

function checkLiteral(node) {
  if (node.regex) {
    const flag = /[dv]/.exec(node.regex.flags);
    return flag ? `Invalid flags supplied to RegExp constructor '${node.regex.flags}'` : "";
  }
  const isNewNumber = typeof node.value === "bigint" || (typeof node.value === "number" && node.raw.includes("_"));
  return isNewNumber ? "Unexpected token ILLEGAL" : "";
}

function* walk(node) {
  if (node && typeof node.type === "string") {
    yield node;
  }
  for (const child of Object.values(node || {})) {
    if (typeof child === "object") {
      yield* walk(child);
    }
  }
}

function findRefusedNode(program) {
  for (const node of walk(program)) {
    const check = REFUSED_BY_GOJA[node.type];
    const message = check ? check(node) : "";
    if (message) {
      return { message, loc: node.loc.start };
    }
  }
  return null;
}

function loadParser(place) {
  try {
    return require(place);
  } catch {
    return null; // not installed, as in a demo without Node's packages: Node's own compiler has to do
  }
}

function parse(parser, source, isOtto) {
  try {
    const program = parser.parse(source, { ecmaVersion: isOtto ? 5 : 2022, locations: true });
    return isOtto ? null : findRefusedNode(program);
  } catch (error) {
    return { message: error.message.replace(/ \(\d+:\d+\)$/, ""), loc: error.loc };
  }
}

// Return the reason, in Stash's form, why the engine refuses this source; null if it does not. `prefixed` is the number
// of characters put before the script's first line.
function findSyntaxError({ acorn, engine, path }, source, prefixed) {
  const isOtto = engine === "otto";
  const parser = loadParser(acorn);
  const wrong = parser && parse(parser, source, isOtto);
  if (!wrong) {
    return null;
  }
  const column = wrong.loc.column + 1 - (wrong.loc.line === 1 ? prefixed : 0);
  return `${isOtto ? "" : "SyntaxError: "}${path}: Line ${wrong.loc.line}:${column} ${wrong.message}`;
}

module.exports = { findSyntaxError };
