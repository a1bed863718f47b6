// The Cleaning tab: its views, the task that makes a plan, and the plan, whose id is in the address.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const VIEWS = ["unwanted", "alike", "withdrawn", "implied", "unused"];
  const ICONS = /** @type {Record<string, string>} */ ({ withdrawn: "faRotateLeft", implied: "faSitemap" });

  /** Returns the task of a view and `start(args)`; the plan of an ended task is opened. @param {string} view */
  function useCleaningTask(view) {
    const t = kit.useText();
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    const onPlan = (/** @type {string} */ planId) => history.push({ pathname, search: `?view=${view}&plan=${planId}` });
    return tagging.usePlanTask({ slot: `cleaning-${view}`, operation: `${view}_start`, running: t(`cleaning.running.${view}`), none: t(`cleaning.none.${view}`), onPlan });
  }

  /** A view that says what it finds, with the button which makes the plan. @param {{view: string}} props */
  function PlainView({ view }) {
    const t = kit.useText();
    const { task, start } = useCleaningTask(view);
    const preview = h(kit.ActionButton, { variant: "primary", icon: "faSearch", disabled: task.isActive, onClick: () => start() }, t("cleaning.preview"));
    return h(React.Fragment, null, h(kit.TaskProgress, { task }), h(kit.Empty, { icon: ICONS[view], title: t(`cleaning.view.${view}`), text: t(`cleaning.text.${view}`) }, preview));
  }

  /** The views to choose from. @param {{view: string}} props */
  function ViewTabs({ view }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { pathname } = ReactRouterDOM.useLocation();
    const views = VIEWS.map((key) => ({ key, text: t(`cleaning.view.${key}`), to: /** @type {any} */ ({ pathname, search: `?view=${key}` }) }));
    const dead = { key: "dead", text: t("cleaning.dead"), to: `${ui.path}/tags?view=dead` };
    return h(kit.Views, { label: t("tab.cleaning"), views: [...views, dead], open: view });
  }

  /** A plan by tag, and below it item by item. @param {{view: string, planId: string}} props */
  function CleaningPlan({ view, planId }) {
    const t = kit.useText();
    const { pathname } = ReactRouterDOM.useLocation();
    const [round, setRound] = React.useState(0);
    const again = () => setRound((/** @type {number} */ one) => one + 1);
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(ReactRouterDOM.Link, { to: { pathname, search: `?view=${view}` }, className: "btn btn-secondary" }, h(kit.Icon, { name: "faArrowLeft" }), h("span", null, t("cleaning.back"))),
        view === "withdrawn" && h(tagging.KeepButton, { planId }),
      ),
      h(tagging.CleanedTags, { planId, round, onChange: again }),
      h(kit.PlanPanel, { key: round, planId, onApplied: tagging.forgetPages }),
    );
  }

  function Cleaning() {
    const asked = new URLSearchParams(ReactRouterDOM.useLocation().search);
    const view = VIEWS.includes(asked.get("view") || "") ? String(asked.get("view")) : VIEWS[0];
    const planId = asked.get("plan");
    const views = /** @type {any} */ ({ unwanted: tagging.UnwantedView, alike: tagging.LookAlikes, unused: tagging.UnusedView });
    return h(
      React.Fragment,
      null,
      h(ViewTabs, { view }),
      planId ? h(CleaningPlan, { key: planId, view, planId }) : h(views[view] || PlainView, { key: view, view }),
    );
  }

  Object.assign(tagging, { Cleaning, useCleaningTask });
})();
