// The kit's texts in English about the signs on the bundle's icon. Those of our own pages are in ../../words.
(function () {
  "use strict";

  Object.assign(window.StashBundleKit.starterWords.en, {
    "bundle.working": "working",
    "bundle.attention": { one: "1 thing needs attention", other: "{count} things need attention" },
  });
})();
