// What Missing Scenes adds to Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing } = kit;

  const ui = kit.plugin({ id: "missingScenes", name: "Missing Scenes", path: "/plugins/missing-scenes", icon: "faSearch", words: missing.words });

  ui.addEntityButton({ key: "missing", kinds: ["performer", "studio", "tag"], label: "button.open", icon: "faSearch", dialog: missing.EntityDialog });
  ui.addSettingsPanel();
})();
