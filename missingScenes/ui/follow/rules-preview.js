// The preview of rules: what they would have brought in the last year. It is read in pieces, and again when a rule changes.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useEffect } = React;
  const KEEPS = { keeps: true };

  /** Return the answer of `preview_follow`; until the whole year is read, the operation is called again. @param {any} args */
  function usePreview(args) {
    const ui = kit.useUi();
    const load = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("preview_follow", args, { signal }), KEEPS);
    const { data, isLoading, reload } = load;
    const isPart = Boolean(data && !data.is_whole && !isLoading && !load.error);
    useEffect(() => {
      if (isPart) reload();
    }, [isPart, reload]);
    return load;
  }

  /** Show what the rules leave out. @param {{leftOut: Record<string, number>}} props */
  function LeftOut({ leftOut }) {
    const t = kit.useText();
    const reasons = missing.FOLLOW_REASONS.filter((/** @type {string} */ reason) => leftOut[reason]);
    if (!reasons.length) return null;
    const texts = reasons.map((/** @type {string} */ reason) => t(`follow.reason.${reason}`, { count: leftOut[reason] }));
    return h("div", { className: "text-muted small" }, t("follow.preview.left_out"), " ", texts.join(", "));
  }

  /** Show one scene that would have come. @param {{scene: any}} props */
  function PreviewScene({ scene }) {
    const t = kit.useText();
    return h("li", null, h("time", { className: "text-muted small" }, scene.date || ""), h("span", null, missing.chooseTitle(scene, t("card.untitled")), scene.owned && h("span", { className: "text-muted small" }, ` · ${t("card.owned")}`)));
  }

  /** Show what rules would have brought. @param {{args: any}} props `args`: those of `preview_follow` */
  function RulesPreview({ args }) {
    const t = kit.useText();
    const load = usePreview(args);
    const { data } = load;
    if (load.error || !data) return h("section", { "aria-label": t("follow.preview") }, h(kit.Pending, { load, shape: "lines" }));
    const more = data.count - data.scenes.length;
    return h(
      "section",
      { "aria-label": t("follow.preview"), "aria-busy": load.isLoading },
      h("h3", { className: "h6" }, t("follow.preview")),
      h("div", { role: "status" }, h("strong", { className: "ms-follow-figure" }, t("follow.preview.count", { count: data.count })), " ", h("span", { className: "text-muted" }, t("follow.preview.total", { count: data.total }))),
      !data.is_whole && h("div", { className: "text-muted small" }, t("follow.preview.reading", { count: data.total })),
      data.owned > 0 && h("div", { className: "small" }, t("follow.preview.owned", { count: data.owned })),
      data.waiting > 0 && h("div", { className: "small" }, t("follow.preview.waiting", { count: data.waiting })),
      h(LeftOut, { leftOut: data.left_out }),
      h("ul", { className: "ms-follow-list" }, data.scenes.map((/** @type {any} */ scene) => h(PreviewScene, { key: scene.id, scene }))),
      more > 0 && h("p", { className: "text-muted small" }, t("follow.preview.more", { count: more })),
      data.is_whole && !data.count && h("p", { className: "text-muted" }, t("follow.preview.none")),
    );
  }

  Object.assign(missing, { RulesPreview });
})();
