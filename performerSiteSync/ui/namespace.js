// The object that the files of Performer/Site Sync share.
(function () {
  "use strict";

  window.StashBundleKit.performers = {};
})();
