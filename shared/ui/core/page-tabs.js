// The addresses of the tabs of a plugin's page. Pure.
(function (root) {
  "use strict";

  /**
   * Return the path of a tab; the first tab has the path of the page itself.
   * @param {string} base
   * @param {string[]} tabs
   * @param {string} tab
   */
  function makeTabPath(base, tabs, tab) {
    return tab === tabs[0] ? base : `${base}/${tab}`;
  }

  /**
   * Return the tab that a path opens; an unknown one opens the first tab.
   * @param {string} base
   * @param {string[]} tabs
   * @param {string} path
   */
  function findTab(base, tabs, path) {
    const rest = path.slice(base.length).split("/")[1] || "";
    return tabs.includes(rest) ? rest : tabs[0];
  }

  const core = { makeTabPath, findTab };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
