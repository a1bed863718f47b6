// The texts of Tag Manager in English that several tabs share, and the names of tabs and buttons. Each tab has a file of its own.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.tagging.words.en, {


    "need.links": "Linking tags to a stash-box and importing them",
    "need.scene_list": "Syncing the scenes of a list from its menu",

    "box": "Stash-box",
    "search": "Search",
    "boxes.none": "No stash-box",
    "tags.refresh": "Fetch the box's tags",
    "tags.refreshing": "Fetching the box's tags",
    "tags.fetched": "{count} tags, fetched {moment}",
    "tags.never": "The box's tags were not fetched yet.",
    "tags.never.text": "Press “Fetch the box's tags” on this page first.",
    "tags.not_offered": "{box} has no list of tags to link to.",
    "tags.no_key": "{box} has no API key. Enter it in Stash’s settings under Metadata Providers.",
    "tags.stale": "The list is over a week old. Fetch it again to see what changed on the box.",

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
