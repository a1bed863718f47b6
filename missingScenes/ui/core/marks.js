// Wanted and ignored scenes: the change of a mark, and scenes by their box. Pure.
(function (root) {
  "use strict";

  /** What a card shows after it was put on a list or taken off; a scene is on one of the two at most. @param {string} list @param {boolean} isOn */
  function makeMarkChange(list, isOn) {
    return isOn ? { wanted: list === "wanted", ignored: list === "ignored" } : { [list]: false };
  }

  /** Scenes by their box, in the order in which the boxes first appear. @param {any[]} scenes */
  function groupByBox(scenes) {
    const endpoints = [...new Set(scenes.map((scene) => scene.endpoint))];
    return endpoints.map((endpoint) => scenes.filter((scene) => scene.endpoint === endpoint));
  }

  /** The box's own address in the address of one of its pages; "" when there is none. @param {string | null | undefined} url */
  function findOrigin(url) {
    const found = /^https?:\/\/[^/]+/i.exec(url || "");
    return found ? found[0] : "";
  }

  const core = { makeMarkChange, groupByBox, findOrigin };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
