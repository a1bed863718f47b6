// The Review tab: the newest plan, or the plan that the address names.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;

  function ReviewTab() {
    const t = kit.useText();
    const { search } = ReactRouterDOM.useLocation();
    const planId = new URLSearchParams(search).get("plan");
    const [kind, setKind] = useState(performers.KINDS[0]);
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
