// The texts of Tag Manager in English that Stash's own pages need. Those of the plugin's page are in ../../words.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.starterWords.en, {
    "scope.action.ticked": "Sync tags of the selected scenes…",
    "scope.action.list": "Sync tags of all scenes found…",
    "scene.panel": "Missing tags",
    "button.manage": "Manage",
    "button.sync": "Sync scene tags",
  });
})();
