// The patch registry: plugins change the arguments, the call or the result of named functions.
import { isPatchable } from "./profile.js";

export const components = {};

const registry = { before: new Map(), instead: new Map(), after: new Map() };

function note(kind, name, fn) {
  const known = registry[kind].get(name) ?? [];
  registry[kind].set(name, [...known, fn]);
}

export const before = (name, fn) => note("before", name, fn);
export const instead = (name, fn) => note("instead", name, fn);
export const after = (name, fn) => note("after", name, fn);

export function registerComponent(name, component) {
  if (components[name]) throw new Error(`Component ${name} has already been registered`);
  components[name] = component;
  return component;
}

// Each replacement gets the next one as its last argument; the last of them gets the original.
function callInstead(replacements, original, self, args) {
  const [first, ...rest] = replacements;
  if (!first) return original.apply(self, args);
  const next =
    rest.length === 0
      ? original
      : new Proxy(rest[0], { apply: (_target, ctx, given) => callInstead(rest, original, ctx, given) });
  return first.apply(self, [...args, next]);
}

export function patchFunction(name, fn) {
  if (!isPatchable(name)) return fn;
  return new Proxy(fn, {
    apply(original, self, given) {
      let args = given;
      for (const change of registry.before.get(name) ?? []) args = change.apply(self, args);
      let result = callInstead(registry.instead.get(name) ?? [], original, self, args);
      for (const change of registry.after.get(name) ?? []) result = change.apply(self, args.concat(result));
      return result;
    },
  });
}

export function patchComponent(name, component) {
  if (!isPatchable(name)) return component;
  return registerComponent(name, patchFunction(name, component));
}

export function patchContainer(name) {
  return patchComponent(name, ({ children }) => children ?? null);
}
