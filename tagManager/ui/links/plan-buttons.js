// Buttons above the list of tags that plan many changes: link exact matches, fill empty fields.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useState } = React;

  /** Starts the task that plans links for all exact matches, and opens its plan. @param {{tools: any, label?: string, variant?: string}} props */
  function ExactButton({ tools, label, variant = "secondary" }) {
    const t = kit.useText();
    const { box } = tools;
    const onPlan = (/** @type {string} */ planId) => tools.review(t("tags.exact.title"), planId, null);
    const { task, start } = tagging.usePlanTask({ slot: "exact", operation: "exact_start", running: t("tags.exact.running"), none: t("tags.exact.none"), onPlan });
    const link = () => start({ endpoint: box.endpoint, by: ["name", "alias"] });
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: label ? undefined : "sm", variant, icon: "faLink", onClick: link, disabled: !box.fetched_at || task.isActive }, label || t("tags.exact")),
      h(kit.TaskProgress, { task }),
    );
  }

  /** Asks which fields to fill from the box, and plans that. @param {{tools: any}} props */
  function BackfillButton({ tools }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    const [fields, setFields] = useState({ description: true, aliases: true });
    const chosen = Object.entries(fields).filter(([, isOn]) => isOn).map(([name]) => name);
    const plan = async () => {
      const answer = await ui.operation("backfill_plan", { endpoint: tools.box.endpoint, fields: chosen });
      const note = answer.aliases_left_out ? t("backfill.left_out", { count: answer.aliases_left_out }) : null;
      if (answer.items) tools.review(t("backfill.title"), answer.plan_id, note);
      else kit.toast.success(t("backfill.none"));
    };
    const tick = (/** @type {"description" | "aliases"} */ name) => h(kit.Tick, { id: `tm-backfill-${name}`, label: t(`backfill.${name}`), isOn: fields[name], onChange: (/** @type {boolean} */ isOn) => setFields({ ...fields, [name]: isOn }) });
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", icon: "faFill", disabled: !tools.box.fetched_at, onClick: () => setAsking(true) }, t("backfill.open")),
      isAsking &&
        h(
          kit.ConfirmDialog,
          { title: t("backfill.title"), confirmText: t("backfill.plan"), canConfirm: chosen.length > 0, onConfirm: plan, onClose: () => setAsking(false) },
          h("p", null, t("backfill.text", { box: tools.box.name })),
          tick("description"),
          tick("aliases"),
        ),
    );
  }

  Object.assign(tagging, { ExactButton, BackfillButton });
})();
