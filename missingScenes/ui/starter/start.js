// Registers the page, buttons and settings of Missing Scenes with Stash; ../start.js adds to them when the page is loaded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  const ui = kit.starter({
    id: "missingScenes",
    name: "Missing Scenes",
    path: "/plugins/missing-scenes",
    icon: "faPuzzlePiece",
    buttons: [
      { key: "missing", kinds: ["performer", "studio", "tag"], label: "b.open", icon: "faPuzzlePiece" },
      { key: "follow", kinds: ["performer", "studio"], label: "b.follow", icon: "faBell" },
    ],
  });
  kit.addStashParts(ui);
})();
