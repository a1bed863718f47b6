// Adds the tabs, dialog and setting fields of Missing Scenes when its page is loaded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing } = kit;

  const needs = [
    { since: "0.26", what: "need.studios" },
    { since: "0.30", what: "need.tags" },
  ];
  const ui = kit.plugin({ needs, setup: missing.SETUP, words: missing.words, describe: missing.describeChange, itemHead: missing.PlannedPair });

  ui.completeButton("missing", { dialog: missing.EntityDialog });
  ui.completeButton("follow", { dialog: missing.FollowDialog });
  ui.addPage([
    { key: "browse", title: "tab.browse", component: missing.BrowseTab },
    { key: "overview", title: "tab.overview", component: missing.OverviewTab },
    { key: "following", title: "tab.following", component: missing.FollowingTab },
    { key: "coming", title: "tab.coming", component: missing.ComingTab },
    { key: "wanted", title: "tab.wanted", component: missing.WantedTab },
    { key: "ignored", title: "tab.ignored", component: missing.IgnoredTab },
    { key: "files", title: "tab.files", component: missing.FilesTab },
    { key: "completeness", title: "tab.completeness", component: missing.CompletenessTab },
    { key: "downloads", title: "tab.downloads", component: missing.DownloadsTab },
  ]);
  ui.addSettingField("whisparrMore", missing.MoreWhisparrs);
  ui.addSettingField("excludedTags", missing.ExcludedTagsField);
})();
