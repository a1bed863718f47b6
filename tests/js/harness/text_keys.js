// Finds the keys of texts in a script: literals, arguments of t(…), and templates that make a key from a value.
"use strict";
const acorn = require("acorn");

const KEY = /^[a-z_]+(\.[A-Za-z0-9_:]+)+$/;
const PATTERN = /^[A-Za-z0-9_*]+(\.[A-Za-z0-9_:*]+)+$/;
const PREFIX = /^[a-z_]+(\.[a-z_]+)*\.$/;

const looksLikeKey = (text) => KEY.test(text);
const toPattern = (node) => node.quasis.map(({ value }) => value.cooked).join("*");

function* walk(node) {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child.type === "string") yield* walk(child);
    }
  }
}

/** The nodes that an argument may turn out to be: both sides of a choice. */
function* listResults(node) {
  if (node.type === "ConditionalExpression") for (const side of [node.consequent, node.alternate]) yield* listResults(side);
  else if (node.type === "LogicalExpression") for (const side of [node.left, node.right]) yield* listResults(side);
  else yield node;
}

const isText = (node) => node.type === "Literal" && typeof node.value === "string";
const isDynamic = (node) => node.type === "TemplateLiteral" && node.expressions.length > 0;

/** Return what a script names: `literals` are all its strings, `asked` those that t(…) gets, `patterns` templates with "*" for a value. */
function findKeys(source) {
  const nodes = [...walk(acorn.parse(source, { ecmaVersion: "latest", sourceType: "script" }))];
  const calls = nodes.filter((node) => node.type === "CallExpression" && node.callee.name === "t" && node.arguments.length);
  const results = calls.flatMap((call) => [...listResults(call.arguments[0])]);
  const fixed = nodes.filter((node) => node.type === "TemplateLiteral" && !isDynamic(node)).map(toPattern);
  const joined = nodes.filter((node) => node.type === "BinaryExpression" && node.operator === "+" && isText(node.left) && PREFIX.test(node.left.value));
  return {
    literals: [...nodes.filter(isText).map((node) => node.value), ...fixed],
    asked: results.filter(isText).map((node) => node.value),
    patterns: [
      ...nodes.filter(isDynamic).map(toPattern).filter((text) => PATTERN.test(text)),
      ...results.filter(isDynamic).map(toPattern),
      ...joined.map((node) => `${node.left.value}*`),
    ],
  };
}

module.exports = { findKeys, looksLikeKey };
