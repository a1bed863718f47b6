// The Words tab: synonyms and parent tags for categories beside the blacklist, and export and import.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, h } = kit;

  function Words() {
    const ui = kit.useUi();
    const found = kit.useLoad("words", (signal) => ui.operation("words_get", {}, { signal }));
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "boxes" });
    const props = { words: found.data, onWords: found.setData };
    return h("div", { className: "tm-words" }, h("div", null, h(tagging.Synonyms, props), h(tagging.Mappings)), h("div", null, h(tagging.Blacklist, props), h(tagging.FileSection, props)));
  }

  Object.assign(tagging, { Words });
})();
