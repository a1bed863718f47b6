// The object that the files of Stash2Plex share.
(function () {
  "use strict";

  window.StashBundleKit.plexSync = {};
})();
