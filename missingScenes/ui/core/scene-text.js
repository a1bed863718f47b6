// Texts about a scene: title, duration, people, date and studio. Pure.
(function (root) {
  "use strict";

  /**
   * Seconds as hours, minutes and seconds; "" when unknown.
   * @param {number | null | undefined} seconds
   */
  function formatDuration(seconds) {
    if (!seconds || seconds < 0) return "";
    const whole = Math.round(seconds);
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const shown = parts[0] ? parts : parts.slice(1);
    return shown.map((part, index) => (index ? String(part).padStart(2, "0") : String(part))).join(":");
  }

  /** What a scene is called. @param {any} scene @param {string} fallback */
  function chooseTitle(scene, fallback) {
    return scene.title || scene.code || fallback;
  }

  /** When and by whom a scene was made. @param {any} scene */
  function formatDateAndStudio(scene) {
    return [scene.date, scene.studio && scene.studio.name].filter(Boolean).join(" · ");
  }

  /**
   * Names of a scene's people as they are credited there, a few of many.
   * @param {any[]} performers
   * @param {number} [most]
   */
  function formatNames(performers, most = 4) {
    const names = performers.map((one) => one.as || one.name);
    return names.length > most ? `${names.slice(0, most).join(", ")} +${names.length - most}` : names.join(", ");
  }

  const core = { formatDuration, chooseTitle, formatDateAndStudio, formatNames };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
