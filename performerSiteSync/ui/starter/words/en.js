// The texts of Performer/Site Sync in English that Stash's own pages need. Those of the plugin's page are in ../../words.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.starterWords.en, {
    "button.sync": "Sync from boxes",
    "list.entry": "Sync from boxes…",
  });
})();
