// What Missing Scenes adds to Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing } = kit;

  /** What History and plans call a change. @param {StashBundle.ChangeRow} change @param {StashBundle.Translate} t */
  function describe(change, t) {
    const { field, before, after } = change;
    const show = missing.VALUES[field];
    const words = missing.FIELDS.includes(field) ? { field: t(`field.${field}`) } : {};
    return show ? { ...words, before: show(before, t), after: show(after, t) } : words;
  }

  const needs = [
    { since: "0.26", what: "need.studios" },
    { since: "0.30", what: "need.tags" },
  ];
  const ui = kit.plugin({ id: "missingScenes", name: "Missing Scenes", path: "/plugins/missing-scenes", icon: "faSearch", needs, words: missing.words, describe });

  ui.addEntityButton({ key: "missing", kinds: ["performer", "studio", "tag"], label: "button.open", icon: "faSearch", dialog: missing.EntityDialog });
  ui.addPage([
    { key: "browse", title: "tab.browse", component: missing.Browse },
    { key: "wanted", title: "tab.wanted", component: missing.Wanted },
    { key: "ignored", title: "tab.ignored", component: missing.Ignored },
    { key: "completeness", title: "tab.completeness", component: missing.Completeness },
    { key: "downloads", title: "tab.downloads", component: missing.Downloads },
  ]);
  ui.addSettingField("excludedTags", missing.ExcludedTagsField);
  ui.addSettingsPanel();
})();
