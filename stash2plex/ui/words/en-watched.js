// The texts about plays, positions and stars that Stash takes from Plex, in English.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.plexSync.words.en, {
    "watched.title": "From Plex to Stash",
    "watched.text": "Stash takes plays, positions and stars from Plex. Choose on the Setup tab, under From Plex to Stash, what it takes and from which account. A preview writes nothing.",
    "watched.preview": "Preview",
    "watched.take": "Take now",
    "watched.previewing": "Comparing plays and stars (preview)",
    "watched.taking": "Taking plays and stars",
    "watched.plan": "What Stash would take",
    "watched.plan.none": "Plex has nothing new for Stash.",
    "field.plays": "Play",
    "field.resume": "Position",
    "field.stars": "Rating",
    "stars.of": "{stars} of 5 stars",
  });
})();
