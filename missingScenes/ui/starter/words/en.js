// The texts of Missing Scenes in English that Stash's own pages need. Those of the plugin's page are in ../../words.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.starterWords.en, {
    "b.open": "Missing Scenes",
    "b.follow": "Follow",
  });
})();
