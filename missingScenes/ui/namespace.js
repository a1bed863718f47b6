// The object that the files of Missing Scenes share.
(function () {
  "use strict";

  window.StashBundleKit.missing = {};
})();
