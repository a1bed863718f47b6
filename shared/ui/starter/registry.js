// What the plugins of the bundle tell each other on a page of Stash: who is there, who works, and who needs attention.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { useEffect, useState } = kit.React;

  // Each plugin may have another version, so this object holds plain values and stays as it is.
  const bundle = window.StashBundle || (window.StashBundle = { plugins: [], beatAt: 0, listeners: [] });
  const emit = () => [...bundle.listeners].forEach((listen) => listen());

  /**
   * Enter a plugin and return its entry; kit.starter calls it.
   * @param {StashBundle.Ui} ui
   * @returns {StashBundle.Member}
   */
  function joinBundle({ id, name, path, icon }) {
    const member = { id, name, path, icon: icon || "faPuzzlePiece", due: Infinity, attention: 0, isWorking: false, says: "" };
    bundle.plugins = [...bundle.plugins, member].sort((one, other) => (one.name < other.name ? -1 : 1));
    emit();
    return member;
  }

  /** Change a plugin's entry and tell all that show it. @param {StashBundle.Member} member @param {Partial<StashBundle.Member>} part */
  function tellBundle(member, part) {
    if (Object.entries(part).every(([name, value]) => /** @type {any} */ (member)[name] === value)) return;
    Object.assign(member, part);
    emit();
  }

  /** Return the entries of all plugins, and render again when one changes. */
  function useBundle() {
    const [, setRound] = useState(0);
    useEffect(() => {
      const listen = () => setRound((/** @type {number} */ one) => one + 1);
      bundle.listeners.push(listen);
      return () => void bundle.listeners.splice(bundle.listeners.indexOf(listen), 1);
    }, []);
    return bundle.plugins;
  }

  Object.assign(kit, { bundle, joinBundle, tellBundle, useBundle });
})();
