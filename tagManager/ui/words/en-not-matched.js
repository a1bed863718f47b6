// The texts of the Not matched tab in English.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.tagging.words.en, {
    "tab.unmatched": "Not matched",
    "unmatched.text": "Tags of the boxes that no tag of yours stands for, those that most scenes would get first.",
    "unmatched.name": "Tag on the box",
    "unmatched.scenes": "Scenes",
    "unmatched.none": "Nothing is unmatched",
    "unmatched.none.text": "Every tag that {box} has on your scenes stands for one of yours, is being ignored, or was excluded.",
    "unmatched.unknown": "Not known yet",
    "unmatched.unknown.text": "Make a plan of all linked scenes under Scene tags: it finds out which tags you do not have.",
    "unmatched.as_of": "As of {moment}.",
    "unmatched.create.title": "Create tags",
    "unmatched.create.many": { one: "Create {count} tag", other: "Create {count} tags" },
    "unmatched.ignore": "Ignore",
    "unmatched.ignored": { one: "{count} tag is on the blacklist.", other: "{count} tags are on the blacklist." },
    "unmatched.link": "Link…",
    "unmatched.link.for": "Link {name} to a tag of yours",
    "unmatched.link.title": "Which of your tags is {name}?",
    "unmatched.link.text": "The next plan adds that tag wherever {box} has this one.",
    "unmatched.link.anyway": "Link anyway",
    "unmatched.linked": "{name} is linked to {remote}. The next plan uses it.",
  });
})();
