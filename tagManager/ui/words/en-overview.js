// The texts of the Overview tab in English: start page, next step, tiles and charts.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.tagging.words.en, {
    "tab.overview": "Overview",

    "start.title": "Link your tags and fill your scenes",
    "start.tags": { one: "{count} tag in your library", other: "{count} tags in your library" },
    "start.list": "{count} tags",
    "start.key": "API key is set",
    "start.no_key": "no API key; enter it in Stash under Settings > Metadata Providers",
    "start.old": "Linking tags",
    "start.loading": "Loading the tag lists of your stash-boxes. Then you see which of your tags match.",
    "start.failed": "The tag list was not loaded, so your tags cannot be compared yet.",
    "start.box.text": "Tag Manager uses the stash-boxes of Stash's settings, for example StashDB.",

    "step.boxes": "Stash-boxes",
    "step.boxes.text": "Where tags come from. Stash keeps their addresses and keys.",
    "step.lists": "Tag lists",
    "step.lists.text": "Your tags are compared with these lists.",
    "step.lists.load": "Load tag lists",
    "step.lists.none": "No stash-box with an API key offers a tag list.",
    "step.preview": "First preview",
    "step.preview.text": "A preview shows which tags your scenes would get. Nothing is written until you press Add.",
    "next.title": "Next step",
    "next.exact": { one: "Link {count} exact match…", other: "Link {count} exact matches…" },
    "next.exact.text": "These tags have the same name or alias at {box}. You see them before anything is written.",
    "next.preview": "Preview scene tags",
    "next.preview.text": "See which of your tags your scenes lack, according to your stash-boxes.",
    "next.add": { one: "Review {count} tag to add", other: "Review {count} tags to add" },
    "next.add.text": "The preview is ready. Nothing is written before you add it.",

    "tile.linked": "Linked",
    "tile.linked.text": "{count} of {total} tags",
    "tile.exact": "Exact matches",
    "tile.exact.text": "same name or alias",
    "tile.similar": "Similar",
    "tile.similar.text": { one: "{count} more without a suggestion", other: "{count} more without a suggestion" },
    "tile.similar.some": { one: "{count} more tag not compared", other: "{count} more tags not compared" },
    "tile.dead": "Dead links",
    "tile.dead.text": "merged or deleted there",
    "tile.dead.none": "all links work",
    "tile.unmatched": "Not matched",
    "tile.unmatched.text": "tags of your scenes you don't have",
    "tile.unmatched.unknown": "known after a preview",
    "tile.no_list": "known with the tag list",
    "tile.plan": "Ready to add",
    "tile.plan.text": "tags in the preview",
    "tile.plan.none": "no open preview",

    "chart.plan": "Tags that most scenes would get",
    "chart.categories": "Linked tags of {box}, by category",
    "chart.yours": "Linked",
  });
})();
