// Loads the scripts that a page needs beyond the starter: the host's for parts on Stash's own pages, and the page's for ours.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useEffect, useState } = React;

  /**
   * Return a script that is loaded once, when it is needed. Its name changes with its content, so a browser never uses an old copy.
   * @param {string} pluginId
   * @param {string} name
   * @param {() => Promise<unknown>} [loadFirst] loads the script that this one needs
   * @returns {StashBundle.LazyScript}
   */
  function makeLazyScript(pluginId, name, loadFirst = () => Promise.resolve()) {
    /** @type {Promise<any> | null} */
    let loading = null;
    const insert = () =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.onload = resolve;
        script.onerror = reject;
        script.src = `${new URL(document.baseURI).pathname}plugin/${pluginId}/assets/${name}`;
        document.head.appendChild(script);
      });
    /** @type {StashBundle.LazyScript} */
    const lazy = {
      isLoaded: false,
      loaded: kit.makeSignal(),
      load: () => {
        loading = loading || loadFirst().then(insert).then(
          () => {
            lazy.isLoaded = true;
            lazy.loaded.emit();
          },
          () => {
            loading = null; // the next need tries again
            throw new Error(kit.say("page.failed", kit.ui.name));
          },
        );
        return loading;
      },
    };
    return lazy;
  }

  /** Return whether a script is loaded, and the error of its load; with `isWanted` it is loaded now. @param {StashBundle.LazyScript} script @param {boolean} isWanted */
  function useScript(script, isWanted) {
    const [state, setState] = useState({ isLoaded: script.isLoaded, error: /** @type {null | Error} */ (null) });
    useEffect(() => {
      const show = (/** @type {Error | null} */ error) => setState({ isLoaded: script.isLoaded, error });
      let listener = show;
      if (isWanted) script.load().catch((error) => listener(error));
      else if (script.isLoaded) show(null);
      const stop = script.loaded.listen(() => show(null));
      return () => {
        listener = () => undefined;
        stop();
      };
    }, [script, isWanted]);
    return state;
  }

  /** Show what `render` returns once the plugin's page is loaded; after a failed load `fallback`, or the next step. @param {{render: () => any, fallback?: any}} props */
  function WithPage({ render, fallback }) {
    const { isLoaded, error } = useScript(kit.ui.page, true);
    if (isLoaded) return render();
    if (!error) return h("div", { className: "sbk-loading", role: "status" }, kit.say("page.loading"));
    const reload = () => window.location.reload();
    return fallback || h("div", { className: "sbk sbk-notice sbk-danger", role: "alert" }, error.message, " ", h("button", { className: "btn btn-primary btn-sm", onClick: reload }, kit.say("page.reload")));
  }

  Object.assign(kit, { makeLazyScript, useScript, WithPage });
})();
