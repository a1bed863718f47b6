// Creates the namespace object of Tag Manager's scripts.
(function () {
  "use strict";

  window.StashBundleKit.tagging = { words: { en: {} } };
})();
