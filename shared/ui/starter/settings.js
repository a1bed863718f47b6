// The plugin's settings on Stash's Settings page, in place of Stash's own form.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;

  /** Show nothing until the tab with the plugins is open: Stash mounts all tabs at once. @param {{stock: any}} props */
  function Settings({ stock }) {
    const { search } = ReactRouterDOM.useLocation();
    if (new URLSearchParams(search).get("tab") !== "plugins") return null;
    return h(kit.WithPage, { fallback: stock, render: () => h(kit.StashSettings, { stock }) });
  }

  /**
   * Replace Stash's form of the plugin's settings by ours on its Settings page, which can be patched since 0.27; kit.starter calls it.
   * @param {StashBundle.Ui} ui
   */
  function installSettings(ui) {
    const Stock = (/** @type {any} */ { render }) => render();
    kit.api.patch.instead("PluginSettings", (...args) => {
      const next = args[args.length - 1];
      const given = args.slice(0, -1);
      if (given[0].pluginID !== ui.id) return next(...given);
      const stock = h(Stock, { render: () => next(...given) });
      return h(kit.UiContext.Provider, { value: ui }, h(kit.Boundary, { fallback: stock }, h(Settings, { stock })));
    });
  }

  Object.assign(kit, { installSettings });
})();
