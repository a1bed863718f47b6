// Adds the tabs, dialog and badge of Stash2Plex when its page is loaded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync } = kit;

  const ui = kit.plugin({ setup: plexSync.SETUP, words: plexSync.words, describe: plexSync.describeWithPictures, itemHead: plexSync.ItemPictures, itemThumb: plexSync.ItemThumbs, itemName: plexSync.HistoryItem, history: "items" });

  ui.completeButton("plex", { dialog: plexSync.SceneDialog, badge: plexSync.SceneBadge });
  ui.scenePanel = plexSync.ScenePanel;
  ui.addPage([
    { key: "overview", title: "tab.overview", component: plexSync.OverviewTab },
    { key: "queue", title: "tab.queue", component: plexSync.QueueTab },
    { key: "matches", title: "tab.matches", component: plexSync.MatchesTab },
    { key: "compare", title: "tab.compare", component: plexSync.CompareTab },
    { key: "shelves", title: "tab.shelves", component: plexSync.ShelvesTab },
    { key: "paths", title: "tab.paths", component: plexSync.LibrariesAndPathsTab },
    { key: "statistics", title: "tab.statistics", component: plexSync.StatisticsTab },
  ]);
})();
