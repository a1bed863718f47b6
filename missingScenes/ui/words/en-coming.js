// The texts about coming scenes in English.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.missing.words.en, {
    "tab.coming": "Coming up",
    "coming.none": "Nothing is announced",
    "coming.none.text": "No stash-box announces a scene of your favorites or of those you follow. Mark performers or studios as favorites, and link them to a stash-box.",
    "coming.problem": "{box} did not answer, so its scenes are missing here: {reason}",
    "coming.views": "View",
    "coming.view.calendar": "Calendar",
    "coming.view.list": "List",
    "calendar.earlier": "Earlier month with scenes",
    "calendar.later": "Next month with scenes",
    "calendar.count": { one: "{count} scene", other: "{count} scenes" },
    "calendar.undated": "Day not known yet",
    "coming.cut": "{box} announces more scenes than this page shows. It shows the later ones as days pass.",
    "coming.tomorrow": "Tomorrow",
    "coming.days": { one: "in {count} day", other: "in {count} days" },
  });
})();
