// The texts about custom fields in English.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.missing.words.en, {
    "parts.frontPageRow": "Row on Stash's front page: new scenes of your favorites that you do not have (Stash 0.28)",
    "parts.completenessOnCards": "Completeness on the cards of performers (Stash 0.28) and studios (Stash 0.31)",
    "fields.title": "In Stash",
    "fields.about": "What the custom fields are for",
    "fields.text": "Check Completeness can write its counts into the custom fields missing_scenes_missing, missing_scenes_owned and missing_scenes_total. Then you can filter by them in Stash.",
    "fields.performer": "Performers: numbers. Example: missing_scenes_missing is greater than 20.",
    "fields.performer.old": "Performers have custom fields since Stash {since}. Update Stash to use this.",
    "fields.studio": "Studios: numbers of six digits, because Stash compares these as texts. Example: missing_scenes_missing is greater than 000020.",
    "fields.studio.old": "Studios have custom fields since Stash {since}. Update Stash to use this.",
    "fields.hooks": "Only changed values are written. Each is a save in Stash, so hooks of other plugins run, and “updated at” changes.",
    "fields.write": "Write custom fields at each check",
    "fields.on": "The next check writes custom fields.",
    "fields.off": "Custom fields stay as they are from now on.",
    "fields.remove": "Remove",
    "fields.remove.open": "Remove all of them…",
    "fields.remove.title": "Remove the custom fields?",
    "fields.remove.text": "The three fields are removed from all performers and studios, and are not written any more. Your other custom fields stay. You can undo this.",
    "fields.removing": "Removing custom fields",
  });
})();
