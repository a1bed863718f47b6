// Which other plugin of the bundle links an object to a stash-box. Pure.
(function (root) {
  "use strict";

  /**
   * Return the plugin that links this object, with the address where it does so; null if it is not installed.
   * @param {{id: string, name: string, path: string}[]} plugins
   * @param {{type: string, id: string}} entity
   */
  function chooseLinker(plugins, { type, id }) {
    const plugin = plugins.find((one) => one.id === (type === "tag" ? "tagManager" : "performerSiteSync"));
    if (!plugin) return null;
    return { name: plugin.name, to: type === "tag" ? plugin.path : `${plugin.path}/sync?kind=${type}&ids=${id}` };
  }

  const core = { chooseLinker };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
