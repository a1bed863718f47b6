// The texts of the Not matched tab in English.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.tagging.words.en, {
    "tab.unmatched": "Not matched",
    "unmatched.text": "Tags that your scenes have at the stash-box and you don't have.",
    "unmatched.create": "Create",
    "unmatched.created": "{name} was created.",
    "unmatched.decided": "Now add these tags to your scenes:",
    "unmatched.name": "Stash-box tag",
    "unmatched.scenes": "Scenes",
    "unmatched.none": "All tags matched",
    "unmatched.none.text": "Every {box} tag on your scenes is matched or on the blacklist.",
    "unmatched.unknown": "Not checked yet",
    "unmatched.unknown.text": "Preview all linked scenes on the Scene tags tab first.",
    "unmatched.as_of": "As of {moment}.",
    "unmatched.create.title": "Create tags",
    "unmatched.create.many": { one: "Create {count} tag", other: "Create {count} tags" },
    "unmatched.ignore": "Add to blacklist",
    "unmatched.ignored": { one: "{count} tag is on the blacklist.", other: "{count} tags are on the blacklist." },
    "unmatched.link": "Link…",
    "unmatched.link.for": "Link {name} to a tag of yours",
    "unmatched.link.title": "Which of your tags is {name}?",
    "unmatched.link.text": "The next preview adds your tag wherever {box} has this one.",
    "unmatched.link.anyway": "Link anyway",
    "unmatched.linked": "Linked {name} to {remote}. The next preview uses it.",
  });
})();
