// Creates the kit, the object that all scripts of one plugin share; each plugin has a copy of its own.
(function () {
  "use strict";
  const api = window.PluginApi;

  window.StashBundleKit = /** @type {any} */ ({
    api,
    React: api.React,
    h: api.React.createElement,
    scripts: { host: "HOST_SCRIPT", page: "PAGE_SCRIPT" }, // the build writes the names of the scripts here
    starterWords: { en: {} },
    dictionaries: {},
  });
})();
