// Adds the tabs, dialog and setting fields of Performer/Site Sync when its page is loaded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers } = kit;

  /** Return the name of a change's field for plans and the history. @param {StashBundle.ChangeRow} change @param {StashBundle.Translate} t */
  const describe = (change, t) => ({ field: performers.nameField(t, change.field) });

  const ui = kit.plugin({ words: performers.words, setup: performers.SETUP, describe });

  ui.addPage([
    { key: "overview", title: "tab.overview", component: performers.OverviewTab },
    { key: "sync", title: "tab.sync", component: performers.SyncTab },
    { key: "review", title: "tab.review", component: performers.ReviewTab },
    { key: "conflicts", title: "tab.conflicts", component: performers.ConflictsTab },
    { key: "duplicates", title: "tab.duplicates", component: performers.DuplicatesTab },
    { key: "favorites", title: "tab.favorites", component: performers.FavoritesTab },
    { key: "report", title: "tab.report", component: performers.ReportTab },
  ]);
  ui.completeButton("sync", { dialog: performers.EntityDialog });
  ui.wrongLinkValues = performers.WrongLinkValues;
  ui.addSettingField("fieldPolicies", performers.RulesField);
  ui.addSettingField("fieldSources", performers.RulesField);
})();
