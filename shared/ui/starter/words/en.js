// The kit's texts in English that every page of Stash may need.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.starterWords.en, {
    "bundle.title": "Plugin bundle",
    "page.loading": "Loading…",
    "page.failed": "{name} could not be loaded. If it was just updated or switched off, reload Stash's page.",
    "page.reload": "Reload",
  });
})();
