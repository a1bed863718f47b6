// The texts of the editor of templates, in English.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.plexSync.words.en, {
    "templates.title": "Texts in Plex",
    "templates.text": "Names in braces stand for values of the scene: {names}.",
    "templates.save": "Save the texts",
    "templates.saved": "Saved. Scenes get the new texts when they are compared or saved.",
    "templates.unsaved": "Not saved yet",
    "templates.unused": "Plex shows the titles of Stash. Enter a text above, and some of your scenes show what it makes of them.",
    "templates.none": "Stash has no scene to show.",
    "templates.scene": "Scene",
    "templates.left": "left alone",
    "template.title": "Title",
    "template.sort_title": "Sort title",
    "template.original_title": "Original title",
    "template.edition": "Edition (Plex Pass)",
    "template.content_rating": "Content rating",
    "template.tagline": "Tagline",
    "field.titleSort": "Sort title",
    "field.originalTitle": "Original title",
    "field.editionTitle": "Edition",
    "field.contentRating": "Content rating",
    "field.director": "Director",
  });
})();
