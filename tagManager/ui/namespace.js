// The object that the files of Tag Manager share.
(function () {
  "use strict";

  window.StashBundleKit.tagging = { words: { en: {} } };
})();
