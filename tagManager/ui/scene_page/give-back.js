// Submitting the fingerprints of one scene, in its dialog; nothing while the user has not switched it on.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;

  /** What was found: the plan, or that nothing is missing; and the boxes that did not answer. @param {{found: any}} props */
  function FoundPrints({ found }) {
    const t = kit.useText();
    return h(
      React.Fragment,
      null,
      found.message && h(kit.Notice, { level: "warning" }, found.message),
      found.plan_id ? h(kit.PlanPanel, { planId: String(found.plan_id) }) : h(kit.Empty, { icon: "faCircleCheck", title: t("giving.none") }),
    );
  }

  /** The offer to submit a scene's fingerprints, and the plan once it was asked for. @param {{entity: StashBundle.Entity}} props */
  function GiveBack({ entity }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const state = kit.useLoad("giving", (signal) => ui.operation("giving_state", {}, { signal }));
    const [found, setFound] = React.useState(/** @type {any} */ (null));
    if (state.error) return h(kit.ErrorBox, { error: state.error, onRetry: state.reload });
    if (!state.data || !state.data.is_on) return null;
    const look = async () => setFound(await ui.operation("giving_scene", { scene_id: entity.id }));
    return h(
      "section",
      { className: "tm-give", "aria-label": t("tab.giving") },
      found ? h(FoundPrints, { found }) : h("div", { className: "sbk-toolbar" }, h(kit.ActionButton, { icon: "faFingerprint", onClick: look }, t("giving.scene")), h("span", { className: "text-muted" }, t("giving.scene.text"))),
    );
  }

  Object.assign(tagging, { GiveBack });
})();
