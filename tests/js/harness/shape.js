// Measures a script for the style bars.
"use strict";
const acorn = require("acorn");

const IS_FUNCTION = /Function/;

function propertyOf(call) {
  return call.callee.property ? call.callee.property.name : "";
}

// A function that runs at once is a file's frame, not a function of it.
function isFrame(node, parent) {
  return Boolean(parent) && parent.type === "CallExpression" && parent.callee === node;
}

const countOf = {
  htmlWrites: (node) => node.type === "AssignmentExpression" && node.left.property?.name === "innerHTML",
  observers: (node) => node.type === "NewExpression" && /Observer$/.test(node.callee.name || ""),
  timers: (node) => node.type === "CallExpression" && /^set(Timeout|Interval)$/.test(propertyOf(node) || node.callee.name),
  intervals: (node) => node.type === "CallExpression" && /^setInterval$/.test(propertyOf(node) || node.callee.name),
  queries: (node) => node.type === "CallExpression" && /^(querySelector(All)?|getElementById)$/.test(propertyOf(node)),
  emptyCatches: (node) => node.type === "CatchClause" && node.body.body.length === 0,
};

function* walk(node, parent) {
  yield [node, parent];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child.type === "string") yield* walk(child, node);
    }
  }
}

function measure(source) {
  const tree = acorn.parse(source, { ecmaVersion: "latest", sourceType: "script", locations: true });
  const nodes = [...walk(tree, null)];
  const functions = nodes
    .filter(([node, parent]) => IS_FUNCTION.test(node.type) && !isFrame(node, parent))
    .map(([{ loc }]) => ({ lines: loc.end.line - loc.start.line + 1, at: loc.start.line }))
    .sort((a, b) => b.lines - a.lines);
  const counts = Object.fromEntries(
    Object.entries(countOf).map(([key, fits]) => [key, nodes.filter(([node]) => fits(node)).length]),
  );
  return { lines: source.split("\n").length - 1, longest: functions[0] || { lines: 0, at: 0 }, ...counts };
}

module.exports = { measure };
