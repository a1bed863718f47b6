// Texts about a scene: title, duration, people, date and studio. Pure.
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

  /** Return the title of a scene, else its code, else `fallback`. @param {any} scene @param {string} fallback */
  function chooseTitle(scene, fallback) {
    return scene.title || scene.code || fallback;
  }

  /** Return the date and studio of a scene as one line. @param {any} scene */
  function formatDateAndStudio(scene) {
    return [scene.date, scene.studio && scene.studio.name].filter(Boolean).join(" · ");
  }

  /**
   * Return the names of performers as the scene credits them; of many only the first and how many more.
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
