// Creates the object that the scripts of Missing Scenes share.
(function () {
  "use strict";

  window.StashBundleKit.missing = { words: { en: {} } };
})();
