// The texts of Tag Manager in English that several tabs share, and the names of tabs and buttons. Each tab has a file of its own.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.tagging.words.en, {


    "need.links": "Linking tags to a stash-box, and importing them",
    "need.scene_list": "Syncing the scenes of a list from its menu",

    "box": "Stash-box",
    "search": "Search",
    "boxes.all": "All stash-boxes",
    "tags.refresh": "Load tag list",
    "tags.refreshing": "Loading tag lists",
    "tags.fetched": "{count} tags, loaded {moment}",
    "tags.never": "Tag list not loaded",
    "tags.never.text": "Press “Load tag list” on this page first.",
    "tags.not_offered": "{box} has no tag list.",
    "tags.no_key": "{box} has no API key. Enter it in Stash under Settings > Metadata Providers.",
    "tags.stale": "The list is over a week old.",

    "scene.title": "Missing tags of this scene",
    "scene.asking": "Asking the stash-boxes about this scene…",
    "scene.unlinked": "This scene is not linked to a stash-box",
    "scene.unlinked.text": "Link it with Stash's Tagger. Then its tags can be compared.",
    "scene.none": "No tag is missing",

    "chooser.none": "No matches",

    "field.name": "name",
    "field.description": "description",
    "field.aliases": "alias",
    "field.links": "link",
    "field.parents": "parent tag",
    "field.merged": "merge",
    "field.tag": "tag",
    "field.tags": "tag",

    "change.new_tag": "new tag {name}",
    "change.linked_tag": "an already linked tag",
    "change.aliases": "aliases: {names}",
    "change.merged": "Permanent: a merge cannot be undone.",
  });
})();
