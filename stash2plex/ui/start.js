// What Stash2Plex adds to Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync } = kit;

  const ui = kit.plugin({ id: "stash2plex", name: "Stash2Plex", path: "/plugins/stash2plex", icon: "faTv", words: plexSync.words, describe: plexSync.describeChange });

  ui.addEntityButton({ key: "plex", kinds: ["scene"], label: "button.open", icon: "faTv", dialog: plexSync.SceneDialog, badge: plexSync.SceneBadge });
  ui.addPage([
    { key: "queue", title: "tab.queue", component: plexSync.Queue },
    { key: "matches", title: "tab.matches", component: plexSync.Matches },
    { key: "compare", title: "tab.compare", component: plexSync.Compare },
    { key: "paths", title: "tab.paths", component: plexSync.Places },
    { key: "statistics", title: "tab.statistics", component: plexSync.Statistics },
  ]);
  ui.addSettingsPanel();
})();
