// A preview and its plan. The plan stays open while one visits other tabs, until it is closed or made again.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;

  /**
   * Return the task of a preview, the plan that it has made, and the functions that start and close it.
   * @param {string} slot
   * @param {(run: StashBundle.Run | null) => void} [onEnd]
   */
  function usePreview(slot, onEnd = () => undefined) {
    const [planId, setPlanId] = kit.useTabState(`${slot}-plan`, /** @type {string | null} */ (null));
    const end = (/** @type {any} */ run) => {
      setPlanId((run && run.plan_id) || null);
      onEnd(run);
    };
    const task = kit.useTask(slot, { onEnd: end });
    const start = (/** @type {string} */ name, /** @type {any} */ args, /** @type {string} */ title) => {
      setPlanId(null);
      return task.start(name, args, title);
    };
    const close = () => {
      setPlanId(null);
      task.dismiss();
    };
    return { task, planId: task.isActive ? null : planId, start, close };
  }

  /** Show the plan of a preview below its title. @param {{preview: any, title: string, level?: "h2" | "h3", empty: string, onApplied?: (run: StashBundle.Run | null) => void}} props */
  function PreviewPlan({ preview, title, level = "h2", empty, onApplied }) {
    const t = kit.useText();
    const { planId, close } = preview;
    if (!planId) return null;
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-actions" }, h(level, { className: "h5" }, title), h(kit.ActionButton, { size: "sm", className: "minimal", icon: "faTimes", onClick: close }, t("action.close"))),
      h(kit.PlanPanel, { key: planId, planId, onApplied, empty: h("p", null, empty) }),
    );
  }

  Object.assign(plexSync, { usePreview, PreviewPlan });
})();
