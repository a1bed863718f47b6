// Registers the page, buttons and settings of Tag Manager with Stash; ../start.js adds to them when the page is loaded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  const ui = kit.starter({
    id: "tagManager",
    name: "Tag Manager",
    path: "/plugins/tag-manager",
    icon: "faTags",
    buttons: [
      { key: "manage", kinds: ["tag"], label: "button.manage", icon: "faTags", hasBadge: true },
      { key: "sync", kinds: ["performer", "studio"], label: "button.sync", icon: "faTags" },
      { key: "scene", kinds: ["scene"], label: "scene.panel", asks: "doctor_scene" },
    ],
  });
  kit.installSceneListEntries(ui);
})();
