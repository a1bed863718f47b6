// The values that syncs wrote from records of wrong links: Tag Manager shows this below the plan that repairs the links.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const FEW_LINKS = 40; // planned while the page waits; more of them by a task

  /** Show the plan that takes the values back, or that there are none. @param {{planId: string | null}} props */
  function ValuePlan({ planId }) {
    const t = kit.useText();
    if (!planId) return h("p", { className: "text-muted" }, t("wrong_links.none"));
    return h(React.Fragment, null, h("p", null, t("wrong_links.text")), h(kit.PlanPanel, { planId, onApplied: performers.forgetEntities }));
  }

  /** Plan for a few links at once. @param {{links: any[]}} props */
  function FewLinks({ links }) {
    const ui = kit.useUi();
    const found = kit.useLoad(JSON.stringify(links), (signal) => ui.operation("wrong_links_plan", { links }, { signal }));
    return h(kit.Loaded, { load: found, children: (/** @type {any} */ data) => h(ValuePlan, { planId: data.plan_id && String(data.plan_id) }) });
  }

  /** Plan for many links by a task that a person starts. @param {{links: any[]}} props */
  function ManyLinks({ links }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const task = kit.useTask("wrong-links");
    const { run } = task;
    const start = async () => task.adopt(kit.readTaskHandle(await ui.operation("wrong_links_start", { links }), t("wrong_links.looking")));
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-toolbar" }, h(kit.ActionButton, { icon: "faSearch", disabled: task.isActive, onClick: start }, t("wrong_links.look", { count: links.length }))),
      h(kit.TaskProgress, { task }),
      run && run.state === "finished" && h(ValuePlan, { planId: run.plan_id || null }),
    );
  }

  /** Show what syncs wrote from the records of these links. @param {{links: any[]}} props */
  function WrongLinkValues({ links }) {
    const ui = kit.useUi();
    const t = kit.useText();
    return h(
      "section",
      { className: "ps-wrong-links", "aria-label": t("wrong_links.title", { name: ui.name }) },
      h("h2", { className: "h4" }, t("wrong_links.title", { name: ui.name })),
      links.length > FEW_LINKS ? h(ManyLinks, { links }) : h(FewLinks, { links }),
    );
  }

  Object.assign(performers, { WrongLinkValues });
})();
