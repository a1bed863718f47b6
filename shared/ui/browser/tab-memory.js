// Values that survive a reload of this browser tab.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  /** What this browser tab kept under a name; null when there is nothing. @param {string} name */
  function readMemory(name) {
    try {
      return JSON.parse(window.sessionStorage.getItem(name) || "null");
    } catch {
      return null; // private windows may forbid it; then a reload forgets the task on this page, not the task itself
    }
  }

  /**
   * Keeps a value over a reload of this browser tab; null forgets it.
   * @param {string} name
   * @param {unknown} value
   */
  function writeMemory(name, value) {
    try {
      if (value === null) window.sessionStorage.removeItem(name);
      else window.sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      return; // as above
    }
  }

  Object.assign(kit, { readMemory, writeMemory });
})();
