// Wanted and ignored scenes: the change of a mark, and scenes by their box. Pure.
(function (root) {
  "use strict";

  /** Return the marks of a scene that was put on a list or taken off; it is on one of the two lists at most. @param {string} list @param {boolean} isOn */
  function makeMarkChange(list, isOn) {
    return isOn ? { wanted: list === "wanted", ignored: list === "ignored" } : { [list]: false };
  }

  /** Return scenes grouped by their box, in the order in which the boxes first appear. @param {any[]} scenes */
  function groupByBox(scenes) {
    const endpoints = [...new Set(scenes.map((scene) => scene.endpoint))];
    return endpoints.map((endpoint) => scenes.filter((scene) => scene.endpoint === endpoint));
  }

  /** Return the address of a box from the address of one of its pages, "" for none. @param {string | null | undefined} url */
  function findOrigin(url) {
    const found = /^https?:\/\/[^/]+/i.exec(url || "");
    return found ? found[0] : "";
  }

  const core = { makeMarkChange, groupByBox, findOrigin };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
