// Creates the object that the scripts of Performer/Site Sync share.
(function () {
  "use strict";

  window.StashBundleKit.performers = { KINDS: ["performer", "studio"], SYNCED: ["performer", "studio", "scene"] };
})();
