// Start of the UI kit: a fresh, empty kit for the plugin whose script this is part of.
(function () {
  "use strict";
  const api = window.PluginApi;

  window.StashBundleKit = /** @type {any} */ ({
    api,
    React: api.React,
    h: api.React.createElement,
    dictionaries: {},
  });
})();
