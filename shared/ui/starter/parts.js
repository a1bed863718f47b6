// The parts that everything of ours on Stash's pages needs: texts, signals, icons, and the boundary that catches what a component throws.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;

  const UiContext = React.createContext(/** @type {StashBundle.Ui | null} */ (null));

  /** Return the plugin that this part of the page belongs to. */
  function useUi() {
    return /** @type {StashBundle.Ui} */ (React.useContext(UiContext));
  }

  /** Return a text of the starter in the language of the browser; `name` fills its placeholder. @param {string} key @param {string} [name] */
  function say(key, name = "") {
    const words = kit.starterWords[navigator.language.split("-")[0]] || kit.starterWords.en;
    return String(words[key] || kit.starterWords.en[key]).replace("{name}", name);
  }

  /** Return a signal: `emit` passes a value to all listeners, and `last` is the latest one. @returns {StashBundle.Signal} */
  function makeSignal() {
    const listeners = new Set();
    /** @type {StashBundle.Signal} */
    const signal = {
      last: undefined,
      emit: (value) => {
        signal.last = value;
        [...listeners].forEach((listen) => listen(value));
      },
      listen: (listen) => {
        listeners.add(listen);
        return () => void listeners.delete(listen);
      },
    };
    return signal;
  }

  /** Show an icon by its name in FontAwesomeSolid; nothing for an unknown name. @param {{name: string, className?: string, spin?: boolean}} props */
  function Icon({ name, className = "", spin = false }) {
    const StashIcon = kit.api.components.Icon;
    const icon = kit.api.libraries.FontAwesomeSolid[name];
    return StashIcon && icon ? h(StashIcon, { icon, className: `${className}${spin ? " fa-spin" : ""}` }) : null;
  }

  /** Catch what the children throw and show it, or `fallback`, so that Stash's page around them stays. */
  class Boundary extends React.Component {
    /** @param {{fallback?: any, children?: any}} props */
    constructor(props) {
      super(props);
      this.state = { error: null };
    }

    /** @param {unknown} error */
    static getDerivedStateFromError(error) {
      return { error };
    }

    render() {
      const { error } = /** @type {any} */ (this.state);
      const { fallback, children } = /** @type {any} */ (this.props);
      if (!error) return children;
      return fallback === undefined && kit.BoundaryError ? h(kit.BoundaryError, { error }) : fallback || null;
    }
  }

  Object.assign(kit, { UiContext, useUi, say, makeSignal, Icon, Boundary });
})();
