// Registers the page, the scene button and the settings of Stash2Plex.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync } = kit;

  const ui = kit.plugin({ id: "stash2plex", name: "Stash2Plex", path: "/plugins/stash2plex", icon: "faTv", words: plexSync.words, describe: plexSync.describeChange });

  ui.addEntityButton({ key: "plex", kinds: ["scene"], label: "button.open", icon: "faTv", dialog: plexSync.SceneDialog, badge: plexSync.SceneBadge });
  ui.addPage([
    { key: "queue", title: "tab.queue", component: plexSync.QueueTab },
    { key: "matches", title: "tab.matches", component: plexSync.MatchesTab },
    { key: "compare", title: "tab.compare", component: plexSync.CompareTab },
    { key: "paths", title: "tab.paths", component: plexSync.LibrariesAndPathsTab },
    { key: "statistics", title: "tab.statistics", component: plexSync.StatisticsTab },
  ]);
  ui.addSettingsPanel();
})();
