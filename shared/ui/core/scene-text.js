// Texts about scenes, and the addresses of their pictures. Pure.
(function (root) {
  "use strict";

  /**
   * Return seconds as hours, minutes and seconds, "" if unknown.
   * @param {number | null | undefined} seconds
   */
  function formatDuration(seconds) {
    if (!seconds || seconds < 0) return "";
    const whole = Math.round(seconds);
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const shown = parts[0] ? parts : parts.slice(1);
    return shown.map((part, index) => (index ? String(part).padStart(2, "0") : String(part))).join(":");
  }

  /**
   * Return the address of one of Stash's own pictures as the browser reaches it, null without a picture: the name of Stash's
   * server in its answer may be out of the browser's reach.
   * @param {string | null | undefined} address
   */
  function makePicturePath(address) {
    const found = /((performer|studio|tag)\/\d+\/image|scene\/\d+\/screenshot).*$/.exec(address || "");
    return found ? found[0] : null;
  }

  const core = { formatDuration, makePicturePath };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
