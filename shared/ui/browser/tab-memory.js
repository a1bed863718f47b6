// Values that survive a reload of this browser tab.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  /** Return the value that this browser tab stores under a name, null for none. @param {string} name */
  function readMemory(name) {
    try {
      return JSON.parse(window.sessionStorage.getItem(name) || "null");
    } catch {
      return null; // private windows may forbid storage; then a reload loses the page's link to a task, not the task
    }
  }

  /**
   * Store a value in this browser tab, where it survives a reload; null removes it.
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
