// Texts about scenes, and the addresses of their pictures. Pure.
(function (root) {
  "use strict";
  const STASH_PICTURE = /^https?:\/\/.*\/((?:(?:performer|studio|tag)\/\d+\/image|scene\/\d+\/screenshot)(?:\?.*)?)$/;

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
   * Return the address of a picture as the browser reaches it, null without a picture. Of Stash's own it is the path below the
   * page's base: plugins ask Stash without the proxy, so Stash's answer names neither the right server nor the sub-path.
   * Stash's stand-in for a missing picture counts as none: it is white, so it is invisible in a light theme.
   * @param {string | null | undefined} address
   */
  function makePicturePath(address) {
    const found = STASH_PICTURE.exec(address || "");
    if (found && /[?&]default=true/.test(found[1])) return null;
    return found ? found[1] : address || null;
  }

  const core = { formatDuration, makePicturePath };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
