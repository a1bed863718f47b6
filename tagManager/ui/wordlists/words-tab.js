// The Words tab: synonyms, blacklist, parent tags for categories, export and import.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;

  function Words() {
    const ui = kit.useUi();
    const found = kit.useLoad("words", (signal) => ui.operation("words_get", {}, { signal }));
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "boxes" });
    const props = { words: found.data, onWords: found.setData };
    return h(React.Fragment, null, h(tagging.Synonyms, props), h(tagging.Blacklist, props), h(tagging.Mappings), h(tagging.FileSection, props));
  }

  Object.assign(tagging, { Words });
})();
