// Registers the page, buttons and settings of Performer/Site Sync with Stash; ../start.js adds to them when the page is loaded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  const ui = kit.starter({
    id: "performerSiteSync",
    name: "Performer/Site Sync",
    path: "/plugins/performer-site-sync",
    icon: "faUserCheck",
    buttons: [{ key: "sync", kinds: ["performer", "studio", "scene"], label: "button.sync", icon: "faUserCheck" }],
  });
  kit.installListEntries(ui);
})();
