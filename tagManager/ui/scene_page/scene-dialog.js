// The tags that one scene lacks: on the scene's page, in this plugin's dialog and in those of its neighbors.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;

  /** Asks the boxes about the scene and shows the tags to add, or that none is missing. @param {{entity: StashBundle.Entity}} props */
  function MissingTags({ entity }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad(`scene:${entity.id}`, (signal) => ui.operation("scene_tags", { scene_id: entity.id }, { signal }));
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    if (!found.data) return h(kit.Loading, { text: t("scene.asking") });
    const { is_linked: isLinked, plan_id: planId, open, problems, doubts } = found.data;
    if (!isLinked) return h(kit.Empty, { icon: "faLinkSlash", title: t("scene.unlinked"), text: t("scene.unlinked.text") });
    return h(
      React.Fragment,
      null,
      Object.entries(problems).map(([box, text]) => h(kit.Notice, { key: box, level: "warning", title: box }, text)),
      doubts.map((/** @type {any} */ doubt) => h(tagging.DoubtNotice, { key: `${doubt.endpoint} ${doubt.remote_id}`, doubt, entity })),
      open > 0 ? h(kit.PlanPanel, { planId, onApplied: () => kit.forgetCached(["findScene", "findScenes"]) }) : h(kit.Empty, { icon: "faCircleCheck", title: t("scene.none") }),
      h(tagging.GiveBack, { entity }),
    );
  }

  /** The dialog of the scene's button; the kit opens it. @param {{entity: StashBundle.Entity, savedAt: string, onClose: () => void}} props */
  function SceneDialog({ entity, savedAt, onClose }) {
    const t = kit.useText();
    return h(kit.Dialog, { title: t("scene.title"), size: "xl", onClose }, h(MissingTags, { entity }), h(kit.NeighborPanels, { entity, savedAt }));
  }

  Object.assign(tagging, { MissingTags, SceneDialog });
})();
