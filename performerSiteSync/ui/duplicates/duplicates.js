// Performers and sites that may be one: why we think so, and merging them with a look at it first.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 10;
  const TASK = "Find Duplicates";

  /** What would be moved. @param {{moves: Record<string, number>}} props */
  function Moves({ moves }) {
    const t = kit.useText();
    const rows = Object.entries(moves || {}).filter(([, count]) => count > 0);
    return h("p", null, rows.length ? t("merge.moves", { list: rows.map(([key, count]) => t(`moves.${key}`, { count })).join(", ") }) : t("merge.moves.none"));
  }

  /** @param {{preview: any, onApplied: (run: any) => void}} props */
  function MergePreview({ preview, onApplied }) {
    const t = kit.useText();
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "ps-people" },
        h(performers.PersonCard, { person: preview.destination, badge: t("merge.stays") }),
        h(performers.PersonCard, { person: preview.source, badge: t("merge.goes") }),
      ),
      h(Moves, { moves: preview.moves }),
      preview.warnings.length > 0 && h(kit.Notice, { level: "warning", title: t("merge.warning") }, h("ul", { className: "mb-0" }, preview.warnings.map((/** @type {string} */ text) => h("li", { key: text }, text)))),
      h(kit.PlanPanel, { planId: String(preview.plan_id), onApplied }),
    );
  }

  /**
   * Merging two of the library: who stays can be swapped, nothing happens before Apply.
   * @param {{kind: string, first: any, second: any, onClose: () => void, onDone: () => void}} props first: who stays, as proposed
   */
  function MergeDialog({ kind, first, second, onClose, onDone }) {
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
      h(performers.Found, { found, children: (/** @type {any} */ preview) => h(MergePreview, { key: preview.plan_id, preview, onApplied: finish }) }),
    );
  }

  /** @param {{pair: any, onDone: () => void}} props */
  function Pair({ pair, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isMerging, setMerging] = useState(false);
    const [first, second] = pair.people;
    const name = `${first.name}, ${second.name}`;
    const dismiss = async () => {
      kit.toast.success((await ui.operation("duplicate_dismiss", { key: pair.key })).message);
      onDone();
    };
    return h(
      "section",
      { className: "ps-panel", "aria-label": name },
      h("ul", { className: "ps-evidence-list" }, pair.evidence.map((/** @type {string} */ text) => h("li", { key: text }, text))),
      h("div", { className: "ps-people" }, pair.people.map((/** @type {any} */ person) => h(performers.PersonCard, { key: person.id, person }))),
      !pair.can_merge && pair.why_not && h("p", { className: "text-warning" }, pair.why_not),
      h(
        "div",
        { className: "sbk-actions" },
        pair.can_merge && h(Bootstrap.Button, { variant: "primary", size: "sm", "aria-label": `${t("merge.open")}: ${name}`, onClick: () => setMerging(true) }, t("merge.open")),
        h(kit.ActionButton, { size: "sm", "aria-label": `${t("duplicate.dismiss")}: ${name}`, onClick: dismiss }, t("duplicate.dismiss")),
      ),
      isMerging && h(MergeDialog, { kind: pair.kind, first, second, onClose: () => setMerging(false), onDone }),
    );
  }

  function Duplicates() {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { found, pager } = performers.usePages("duplicates", {}, PAGE_SIZE);
    const task = kit.useTask("duplicates", { onEnd: found.reload });
    const scan = () => task.start(TASK, {}, t("duplicate.scanning"));
    const madeAt = found.data ? found.data.made_at : null;
    const render = (/** @type {any} */ data) =>
      h(
        React.Fragment,
        null,
        !madeAt && h(kit.Empty, { icon: "faClone", title: t("duplicate.never"), text: t("duplicate.never.text") }),
        madeAt && data.count === 0 && h(kit.Empty, { icon: "faCircleCheck", title: t("duplicate.none"), text: t("duplicate.none.text") }),
        data.duplicates.map((/** @type {any} */ pair) => h(Pair, { key: pair.key, pair, onDone: found.reload })),
        pager,
      );
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { variant: madeAt ? "secondary" : "primary", icon: "faSearch", disabled: task.isActive, onClick: scan }, t("duplicate.scan")),
        madeAt && h("span", { className: "text-muted small" }, t("duplicate.made", { moment: kit.formatMoment(madeAt, locale), count: found.data.count })),
      ),
      h(kit.TaskProgress, { task }),
      h(performers.Found, { found, children: render }),
    );
  }

  Object.assign(performers, { Duplicates, MergeDialog });
})();
