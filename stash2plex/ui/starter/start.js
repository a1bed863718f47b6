// Registers the page, buttons and settings of Stash2Plex with Stash; ../start.js adds to them when the page is loaded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  kit.starter({
    id: "stash2plex",
    name: "Stash2Plex",
    path: "/plugins/stash2plex",
    icon: "faTv",
    buttons: [{ key: "plex", kinds: ["scene"], label: "button.open", icon: "faTv", hasBadge: true }],
  });
})();
