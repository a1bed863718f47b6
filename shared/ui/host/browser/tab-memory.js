// Values that survive a reload, of this browser tab or of all tabs.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  /** Return the place of values; it is read at each use, because private windows may forbid it. @param {boolean} isShared by all tabs of this browser */
  const openPlace = (isShared) => (isShared ? window.localStorage : window.sessionStorage);

  /** Return the value that this browser tab stores under a name, null for none. @param {string} name @param {boolean} [isShared] */
  function readMemory(name, isShared = false) {
    try {
      return JSON.parse(openPlace(isShared).getItem(name) || "null");
    } catch {
      return null; // private windows may forbid storage; then a reload loses the page's link to a task, not the task
    }
  }

  /**
   * Store a value in this browser tab, where it survives a reload; null removes it.
   * @param {string} name
   * @param {unknown} value
   * @param {boolean} [isShared] store it for all tabs of this browser
   */
  function writeMemory(name, value, isShared = false) {
    try {
      if (value === null) openPlace(isShared).removeItem(name);
      else openPlace(isShared).setItem(name, JSON.stringify(value));
    } catch {
      return; // as above
    }
  }

  Object.assign(kit, { readMemory, writeMemory });
})();
