// The starter of a plugin for the kit's tests.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  Object.assign(kit.starterWords.en, { "button.look": "Look closer" });
  kit.starter({
    id: "kitSample",
    name: "Kit Sample",
    path: "/plugins/kit-sample",
    icon: "faFlask",
    buttons: [{ key: "look", kinds: ["performer", "studio", "tag", "scene"], label: "button.look", icon: "faFlask" }],
  });
})();
