// The line beside a scene's buttons that says that one of its links is doubtful; it leads to the Link doctor.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, h } = kit;
  const { Link } = kit.api.libraries.ReactRouterDOM;

  /** Show the strongest doubt of a scene. @param {{entity: StashBundle.Entity, answer: any}} props */
  function DoubtBadge({ entity, answer }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [doubt] = answer.doubts;
    const title = [t("doctor.linked_to", { box: doubt.box, title: doubt.title || doubt.remote_id }), ...doubt.reasons.map((/** @type {any} */ reason) => tagging.tellReason(reason, doubt.box, t))].join(" ");
    const color = tagging.rateDoubt(doubt.score) === "strong" ? "warning" : "info";
    return h(Link, { className: "tm-doubt-badge", to: `${ui.path}/doctor?scene=${entity.id}`, title }, h("span", { className: `badge badge-${color}` }, t("doctor.badge")));
  }

  Object.assign(tagging, { DoubtBadge });
})();
