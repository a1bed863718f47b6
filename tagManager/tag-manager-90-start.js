// What Tag Manager adds to Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging } = kit;

  const ui = kit.plugin({ id: "tagManager", name: "Tag Manager", path: "/plugins/tag-manager", icon: "faTags", words: tagging.words, describe: kit.tagChanges.describe });

  ui.addPage([
    { key: "sync", title: "tab.sync", component: tagging.Sync },
    { key: "tags", title: "tab.tags", component: tagging.Tags },
    { key: "unmatched", title: "tab.unmatched", component: tagging.Unmatched },
    { key: "hierarchy", title: "tab.hierarchy", component: tagging.Hierarchy },
  ]);
  ui.addEntityButton({ key: "manage", kinds: ["tag"], label: "button.manage", icon: "faTags", dialog: tagging.TagDialog });
  ui.addSettingsPanel();
})();
