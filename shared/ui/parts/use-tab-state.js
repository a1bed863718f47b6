// State of a component that survives another tab of the plugin's page, and a reload.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
  const { useState } = React;

  /**
   * Return a value that this browser tab remembers under a name of the plugin, and the function that changes it; null forgets it.
   * @template T
   * @param {string} name
   * @param {T} initial the value when nothing is remembered
   * @returns {[T, (next: T) => void]}
   */
  function useTabState(name, initial) {
    const ui = kit.useUi();
    const place = `stash-bundle:${ui.id}:${name}`;
    const [value, setValue] = useState(() => /** @type {T} */ (kit.readMemory(place) ?? initial));
    const set = (/** @type {T} */ next) => {
      kit.writeMemory(place, next);
      setValue(next);
    };
    return [value, set];
  }

  Object.assign(kit, { useTabState });
})();
