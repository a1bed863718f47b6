// Registers the page, button and settings of Missing Scenes.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing } = kit;

  const needs = [
    { since: "0.26", what: "need.studios" },
    { since: "0.30", what: "need.tags" },
  ];
  const ui = kit.plugin({ id: "missingScenes", name: "Missing Scenes", path: "/plugins/missing-scenes", icon: "faSearch", needs, words: missing.words, describe: missing.describeChange });

  ui.addEntityButton({ key: "missing", kinds: ["performer", "studio", "tag"], label: "button.open", icon: "faSearch", dialog: missing.EntityDialog });
  ui.addPage([
    { key: "browse", title: "tab.browse", component: missing.BrowseTab },
    { key: "wanted", title: "tab.wanted", component: missing.WantedTab },
    { key: "ignored", title: "tab.ignored", component: missing.IgnoredTab },
    { key: "completeness", title: "tab.completeness", component: missing.CompletenessTab },
    { key: "downloads", title: "tab.downloads", component: missing.DownloadsTab },
  ]);
  ui.addSettingField("excludedTags", missing.ExcludedTagsField);
  ui.addSettingsPanel();
})();
