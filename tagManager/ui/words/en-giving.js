// The texts of giving back in English: the tab, and its part of a scene's dialog.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.tagging.words.en, {
    "tab.giving": "Give back",
    "giving.off": "Submitting fingerprints is off",
    "giving.text":
      "A stash-box finds scenes by the fingerprints that its users submit. If you submit those of your linked files, others find these scenes, too. A stash-box gets the hashes and the length of a file, never its name or path. The stash-box stores them under your account.",
    "giving.on": "Offer fingerprints",
    "giving.look": "Preview",
    "giving.running": "Looking for fingerprints to submit",
    "giving.none": "Your stash-boxes have the fingerprints of all these scenes.",
    "giving.hint": "Submit only scenes whose link you are sure of: a wrong fingerprint misleads others. The plan leaves out files whose length differs from that of the stash-box.",
    "giving.lead": "Submit the fingerprints of your linked files, so that others find these scenes, too.",
    "giving.more": "What is sent, and what to check first",
    "giving.prints": "Submitted",
    "giving.prints.text": "fingerprints",
    "giving.scenes": "Scenes",
    "giving.scenes.text": "that others can find by them",
    "giving.open_scene": "Scene in Stash",
    "giving.open_box": "Scene at {box}",
    "giving.after": "Now that the links are right, others can find these scenes by your fingerprints, too:",
    "giving.scene": "Submit fingerprints…",
    "giving.scene.text": "Is this the right scene? Then submit its fingerprints, so that others find it.",

    "field.fingerprints": "fingerprint at {box}",
  });
})();
