// Dependencies first; plugins that do not need each other load in reverse listing order, as in Stash.
export function sortByNeeds(plugins) {
  const byId = new Map(plugins.map((plugin) => [plugin.id, plugin]));
  const dependents = new Map(plugins.map((plugin) => [plugin.id, []]));
  for (const plugin of plugins) {
    for (const needed of plugin.requires ?? []) dependents.get(needed)?.push(plugin.id);
  }
  const sorted = [];
  const seen = new Set();
  const visit = (id, path) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const next of dependents.get(id)) {
      if (path.includes(next) || next === id) throw new Error(`Plugins need each other in a circle: ${next}, ${id}`);
      visit(next, [...path, id]);
    }
    sorted.unshift(byId.get(id));
  };
  for (const id of byId.keys()) visit(id, []);
  return sorted;
}
