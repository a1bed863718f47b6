// The Conflicts tab: open conflicts, decisions, and records that boxes deleted.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const VIEWS = ["open", "decisions", "gone"];

  function ConflictsTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const { search } = ReactRouterDOM.useLocation();
    const asked = new URLSearchParams(search).get("show") || "";
    const view = VIEWS.includes(asked) ? asked : VIEWS[0];
    const views = VIEWS.map((key) => ({ key, text: t(`view.${key}`), to: `${ui.path}/conflicts${key === VIEWS[0] ? "" : `?show=${key}`}` }));
    const panels = /** @type {Record<string, any>} */ ({ open: performers.OpenConflicts, decisions: performers.Decisions, gone: performers.GoneRecords });
    return h(React.Fragment, null, h(kit.Views, { label: t("tab.conflicts"), views, open: view }), h(panels[view], { key: view }));
  }

  Object.assign(performers, { ConflictsTab });
})();
