// The texts of Tag Manager in English that several tabs share, and the names of tabs and buttons. Each tab has a file of its own.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.tagging.words.en, {
    "tab.sync": "Scene tags",
    "tab.tags": "Links",
    "tab.unmatched": "Not matched",
    "tab.import": "Import",
    "tab.hierarchy": "Hierarchy",
    "tab.words": "Words",

    "button.manage": "Manage",
    "button.sync": "Sync scene tags",

    "need.links": "Linking tags to a stash-box and importing them",
    "need.scene_list": "Syncing the scenes of a list from its menu",

    "box": "Stash-box",
    "search": "Search",
    "boxes.none": "No stash-box",
    "chooser.none": "Nothing found",

    "field.name": "name",
    "field.description": "description",
    "field.aliases": "alias",
    "field.links": "link",
    "field.parents": "parent tag",
    "field.merged": "merge",
    "field.tag": "tag",
    "field.tags": "tag",

    "change.new_tag": "new tag {name}",
    "change.linked_tag": "a tag that is linked already",
    "change.aliases": "aliases: {names}",
    "change.merged": "becomes part of the other tag; this cannot be undone",
  });
})();
