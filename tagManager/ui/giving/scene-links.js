// The links above the changes of a scene in a plan: its page in Stash, and the scene at the stash-box that gets its fingerprints.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, h } = kit;

  /** Links to both scenes of a plan's item, to look at before deciding; only one for changes without a stash-box. @param {{changes: StashBundle.ChangeRow[]}} props */
  function SceneLinks({ changes }) {
    const t = kit.useText();
    const [{ item }] = changes;
    if (item.kind !== "scene") return null;
    const remote = [...new Set(changes.map((change) => tagging.changesCore.makeBoxUrl(change)).filter(Boolean))];
    const links = remote.map((href) => h(kit.OutLink, { key: href, href }, t("giving.open_box", { box: tagging.changesCore.hostOf(String(href)) })));
    return h("p", { className: "sbk-actions small" }, h("a", { href: `/scenes/${item.id}` }, t("giving.open_scene")), links);
  }

  Object.assign(tagging, { SceneLinks });
})();
