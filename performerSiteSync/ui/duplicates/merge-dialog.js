// The merge of two performers or studios, with a preview.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Show what a merge would move, with counts. @param {{moves: Record<string, number>}} props */
  function MovedCounts({ moves }) {
    const t = kit.useText();
    const rows = Object.entries(moves || {}).filter(([, count]) => count > 0);
    return h("p", null, rows.length ? t("merge.moves", { list: rows.map(([key, count]) => t(`moves.${key}`, { count })).join(", ") }) : t("merge.moves.none"));
  }

  /** @param {{preview: any, why: string, onApplied: (run: any) => void}} props why: the sentence why the proposed one stays */
  function MergePreview({ preview, why, onApplied }) {
    const t = kit.useText();
    const names = { stays: preview.destination.name, goes: preview.source.name };
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "ps-people" },
        h(performers.EntityCard, { record: preview.destination, badge: t("merge.stays") }),
        h(performers.EntityCard, { record: preview.source, badge: t("merge.goes") }),
      ),
      h("p", null, why && h("strong", null, `${why} `), t("merge.words", names)),
      (preview.reasons || []).map((/** @type {string} */ text) => h("p", { key: text }, text)),
      h(MovedCounts, { moves: preview.moves }),
      preview.warnings.length > 0 && h(kit.Notice, { level: "warning", title: t("merge.warning") }, h("ul", { className: "mb-0" }, preview.warnings.map((/** @type {string} */ text) => h("li", { key: text }, text)))),
      h(kit.PlanPanel, { planId: String(preview.plan_id), onApplied }),
    );
  }

  /**
   * Show the preview of a merge of two performers or studios; the one that stays can be swapped, and only Apply writes.
   * @param {{kind: string, first: any, second: any, why?: string, onClose: () => void, onDone: () => void}} props first: the one that is proposed to stay; why: the sentence why
   */
  function MergeDialog({ kind, first, second, why = "", onClose, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isSwapped, setSwapped] = useState(false);
    const [isOver, setOver] = useState(false);
    const [stays, goes] = isSwapped ? [second, first] : [first, second];
    const args = { kind, source: goes.id, destination: stays.id };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("merge_preview", args, { signal }));
    const close = () => {
      if (isOver) onDone();
      onClose();
    };
    const finish = () => {
      setOver(true);
      performers.forgetEntities();
    };
    const footer = h(
      React.Fragment,
      null,
      !isOver && h(Bootstrap.Button, { variant: "secondary", onClick: () => setSwapped(!isSwapped) }, h(kit.Icon, { name: "faRightLeft" }), h("span", null, t("merge.swap"))),
      h(Bootstrap.Button, { variant: "secondary", onClick: close }, t("action.close")),
    );
    return h(
      kit.Dialog,
      { title: t("merge.title", { goes: goes.name, stays: stays.name }), onClose: close, size: "xl", footer },
      h(kit.Loaded, { load: found, children: (/** @type {any} */ preview) => h(MergePreview, { key: preview.plan_id, preview, why: isSwapped ? "" : why, onApplied: finish }) }),
    );
  }

  Object.assign(performers, { MergeDialog });
})();
