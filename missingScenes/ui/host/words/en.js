// The texts of our parts on Stash's own pages in English.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.starterWords.en, {
    "meter.label": "{owned} of {total} scenes are in your library",
    "front.title": "New from your favorites, not in your library",
    "front.all": "View All",
    "front.waiting": "The first list is being read. It appears here within minutes.",
    "front.failed": "The list could not be read: {message}",
    "front.untitled": "(no title)",
  });
})();
