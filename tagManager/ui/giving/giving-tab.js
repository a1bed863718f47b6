// The Give back tab: switched on first, then a plan submits the fingerprints that the stash-boxes lack. The plan is in the address.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;

  /** Says what submitting means, and switches it on. @param {{onDone: () => void}} props */
  function SwitchOn({ onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const switchOn = async () => {
      await ui.operation("settings_save", { values: { offerFingerprints: true } });
      onDone();
    };
    return h(
      React.Fragment,
      null,
      h(kit.Empty, { icon: "faFingerprint", title: t("giving.off"), text: t("giving.text") }),
      h("div", { className: "sbk-actions justify-content-center" }, h(kit.ActionButton, { variant: "primary", onClick: switchOn }, t("giving.on"))),
    );
  }

  /** The choice of the scenes and of the box, and the button that looks for fingerprints. @param {{given: any}} props */
  function GivingStart({ given }) {
    const t = kit.useText();
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    const [endpoint, setEndpoint] = React.useState("");
    const scope = tagging.useScope();
    const boxes = tagging.useBoxes();
    const onPlan = (/** @type {string} */ planId) => history.push({ pathname, search: `?plan=${planId}` });
    const { task, start } = tagging.usePlanTask({ slot: "giving", operation: "giving_start", running: t("giving.running"), none: t("giving.none"), onPlan });
    const look = () => start({ ...scope.args, ...(endpoint ? { endpoint } : {}) });
    return h(
      React.Fragment,
      null,
      given.prints > 0 &&
        h(
          "div",
          { className: "sbk-tiles" },
          h(kit.Tile, { figure: given.prints, label: t("giving.prints"), icon: "faFingerprint", level: "success", text: t("giving.prints.text") }),
          h(kit.Tile, { figure: given.scenes, label: t("giving.scenes"), icon: "faCirclePlay", text: t("giving.scenes.text") }),
        ),
      h("p", null, t("giving.lead")),
      h(
        "div",
        { className: "sbk-filters tm-scope" },
        h(tagging.ScopePicker, { scope }),
        h(tagging.AnyBoxPicker, { id: "tm-giving-box", boxes, endpoint, onChange: setEndpoint }),
        h("div", { className: "sbk-actions tm-tight" }, h(kit.ActionButton, { variant: "primary", icon: "faFingerprint", disabled: task.isActive || !scope.isReady, onClick: look }, t("giving.look"))),
      ),
      h(kit.TaskProgress, { task }),
      h("details", { className: "tm-more" }, h("summary", null, t("giving.more")), h("p", null, t("giving.text")), h("p", null, t("giving.hint"))),
    );
  }

  function Giving() {
    const ui = kit.useUi();
    const t = kit.useText();
    const { pathname, search } = ReactRouterDOM.useLocation();
    const planId = new URLSearchParams(search).get("plan");
    const found = kit.useLoad("giving", (signal) => ui.operation("giving_state", {}, { signal }));
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "form" });
    if (!found.data.is_on) return h(SwitchOn, { onDone: found.reload });
    if (!planId) return h(GivingStart, { given: found.data });
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-toolbar" }, h(ReactRouterDOM.Link, { to: pathname, className: "btn btn-secondary" }, h(kit.Icon, { name: "faArrowLeft" }), h("span", null, t("cleaning.back")))),
      h("p", null, t("giving.hint")),
      h(kit.PlanPanel, { key: planId, planId, onApplied: found.reload }),
    );
  }

  Object.assign(tagging, { Giving });
})();
