// Creates the object that the scripts of Stash2Plex share.
(function () {
  "use strict";

  window.StashBundleKit.plexSync = { words: { en: {} } };
})();
