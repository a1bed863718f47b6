// The Review tab: the newest plan of a kind, or the plan that the address names.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;

  /** Return what an address asks for, such as ?plan=7 or ?kind=scene. @param {string} search */
  function readReviewAddress(search) {
    const asked = new URLSearchParams(search);
    const kind = String(asked.get("kind"));
    return { planId: asked.get("plan"), kind: performers.SYNCED.includes(kind) ? kind : performers.KINDS[0] };
  }

  function ReviewTab() {
    const t = kit.useText();
    const { search } = ReactRouterDOM.useLocation();
    const { planId, kind: asked } = readReviewAddress(search);
    const [kind, setKind] = useState(asked);
    if (planId) return h(performers.ReviewPanel, { key: planId, planId });
    const choices = performers.SYNCED.map((/** @type {string} */ value) => ({ value, label: t(`report.${value}`) }));
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "ps-review-kind", label: t("review.newest"), value: kind, choices, onChange: setKind })),
      h(performers.ReviewPanel, { key: kind, planId: null, kind }),
    );
  }

  Object.assign(performers, { ReviewTab });
})();
