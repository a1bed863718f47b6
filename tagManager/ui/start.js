// Adds the tabs, buttons and badge of Tag Manager when its page is loaded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging } = kit;

  const ui = kit.plugin({
    words: tagging.words,
    setup: tagging.SETUP,
    describe: tagging.changesCore.describeChange,
    itemHead: tagging.SceneLinks,
    needs: [
      { since: "0.30", what: "need.links" },
      { since: "0.30", what: "need.scene_list" },
    ],
  });

  ui.addPage([
    { key: "overview", title: "tab.overview", component: tagging.Overview },
    { key: "sync", title: "tab.sync", component: tagging.Sync },
    { key: "tags", title: "tab.tags", component: tagging.Tags },
    { key: "import", title: "tab.import", component: tagging.Import },
    { key: "unmatched", title: "tab.unmatched", component: tagging.Unmatched },
    { key: "hierarchy", title: "tab.hierarchy", component: tagging.Hierarchy },
    { key: "cleaning", title: "tab.cleaning", component: tagging.Cleaning },
    { key: "doctor", title: "tab.doctor", component: tagging.Doctor },
    { key: "giving", title: "tab.giving", component: tagging.Giving },
    { key: "words", title: "tab.words", component: tagging.Words },
  ]);
  ui.completeButton("manage", {
    onPress: (entity, { history }) => history.push(`${ui.path}/tags?tag=${entity.id}`),
    badge: tagging.TagLinks,
  });
  ui.completeButton("sync", { onPress: tagging.openEntityScope });
  ui.completeButton("scene", { dialog: tagging.SceneDialog, badge: tagging.DoubtBadge });
  ui.scenePanel = tagging.MissingTags;
  ui.openSceneList = tagging.openSceneList;
})();
