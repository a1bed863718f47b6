// Below a plan of repairs: what Performer/Site Sync wrote from the records of the wrong links, if that plugin is installed.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const OTHER = "performerSiteSync";

  /** Show the part of the other plugin with its own texts and operations; an older version has none. @param {{other: any, links: any[]}} props */
  function OtherPart({ other, links }) {
    const render = () => (other.ui.wrongLinkValues ? h(other.ui.wrongLinkValues, { links }) : null);
    return h(other.UiContext.Provider, { value: other.ui }, h(kit.Boundary, null, h(other.WithPage, { render })));
  }

  /** Show the values that came through the links of a plan; nothing without the other plugin. @param {{planId: string}} props */
  function BroughtValues({ planId }) {
    const ui = kit.useUi();
    const other = (window.StashBundleKits || {})[OTHER];
    const found = kit.useLoad(`links:${planId}`, (signal) => (other ? ui.operation("doctor_plan_links", { plan_id: planId }, { signal }) : Promise.resolve({ links: [] })));
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    const links = found.data ? found.data.links : [];
    return links.length ? h(React.Fragment, null, h("hr"), h(OtherPart, { other, links })) : null;
  }

  Object.assign(tagging, { BroughtValues });
})();
