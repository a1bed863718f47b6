// The dialog that previews a plan of links, and applies it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useState } = React;

  /** Previews a plan to select from and apply; `onClose` receives whether it was applied. @param {{title: string, planId: string, children?: any, onClose: (isApplied: boolean) => void}} props */
  function PlanDialog({ title, planId, children, onClose }) {
    const [isApplied, setApplied] = useState(false);
    return h(
      kit.Dialog,
      { title, size: "xl", onClose: () => onClose(isApplied) },
      children,
      h(kit.PlanPanel, { planId: String(planId), onApplied: () => setApplied(true) }),
    );
  }

  Object.assign(tagging, { PlanDialog });
})();
