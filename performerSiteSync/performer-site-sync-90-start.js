// What Performer/Site Sync adds to Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers } = kit;

  const ui = kit.plugin({ id: "performerSiteSync", name: "Performer/Site Sync", path: "/plugins/performer-site-sync", icon: "faUserCheck", words: performers.words });

  ui.addPage([
    { key: "sync", title: "tab.sync", component: performers.Sync },
    { key: "report", title: "tab.report", component: performers.Report },
  ]);
  ui.addEntityButton({ key: "sync", kinds: ["performer", "studio"], label: "button.sync", icon: "faUserCheck", dialog: performers.OneDialog });
  ui.addSettingsPanel();
})();
