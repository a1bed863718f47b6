// Draws components of the kit without a browser: elements become plain trees, hooks answer once.
"use strict";
const { isProxy } = require("node:util").types;
const { runScripts } = require("./shipped.js");

const FRAGMENT = Symbol("Fragment");
const React = {
  Component: class {},
  Fragment: FRAGMENT,
  createContext: () => ({}),
  createElement: (type, props, ...children) => ({ type, props: { ...props, ...(children.length ? { children: children.length === 1 ? children[0] : children } : {}) } }),
  memo: (component) => component,
  useCallback: (run) => run,
  useContext: () => null,
  useEffect: () => undefined,
  useRef: (current) => ({ current }),
  useState: (initial) => [typeof initial === "function" ? initial() : initial, () => undefined],
};

/** Return the kit of a plugin whose components `draw` can draw; texts are English. */
function loadKit(plugin = "missingScenes") {
  const { kit } = runScripts(plugin, React);
  const translate = kit.makeTranslate(kit.dictionaries, "en");
  return Object.assign(kit, { useText: () => translate, useLocale: () => "en", Icon: () => null, useUi: () => ({ path: "/plugins/sample", describe: () => ({}) }) });
}

/** Return the list of plain nodes `{tag, props, children}` and texts that an element becomes. */
function draw(element) {
  if (element === null || element === undefined || typeof element === "boolean") return [];
  if (Array.isArray(element)) return element.flatMap(draw);
  if (typeof element !== "object") return [String(element)];
  const { type, props } = element;
  if (type === FRAGMENT) return draw(props.children);
  if (typeof type === "function" && !isProxy(type)) return draw(type(props));
  return [{ tag: typeof type === "string" ? type : "other", props, children: draw(props.children) }];
}

/** Return all nodes of a drawing that fit, in the order of the page. */
function findNodes(nodes, fits) {
  return nodes.flatMap((node) => (typeof node === "string" ? [] : [...(fits(node) ? [node] : []), ...findNodes(node.children, fits)]));
}

/** Return the text of a drawing. */
function readText(nodes) {
  return nodes.map((node) => (typeof node === "string" ? node : readText(node.children))).join("");
}

module.exports = { draw, findNodes, loadKit, readText };
