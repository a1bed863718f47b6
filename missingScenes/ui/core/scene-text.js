// Texts about a scene: title, people, date and studio. Pure.
(function (root) {
  "use strict";

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

  const core = { chooseTitle, formatDateAndStudio, formatNames };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
