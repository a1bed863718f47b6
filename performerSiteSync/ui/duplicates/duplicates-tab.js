// The Duplicates tab: pairs of performers or studios that may be the same.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 10;
  const DUPLICATES_TASK = "Find Duplicates";

  /** @param {{pair: any, rows: any, rowRef: any}} props `rows`: what useRowOutcomes returns */
  function DuplicatePair({ pair, rows, rowRef }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isMerging, setMerging] = useState(false);
    const [first, second] = pair.people;
    const name = `${first.name}, ${second.name}`;
    const dismiss = async () => {
      const { message, key } = await ui.operation("duplicate_dismiss", { key: pair.key });
      const undo = () => ui.operation("decision_take_back", { key });
      await rows.decide(pair.key, { text: message, run: () => Promise.resolve(), undo });
    };
    const merged = () => void rows.decide(pair.key, { text: t("merge.done"), run: () => Promise.resolve() });
    return h(
      "section",
      { className: "ps-panel", role: "group", "aria-label": name, ref: rowRef },
      h("ul", { className: "ps-evidence-list" }, pair.evidence.map((/** @type {string} */ text) => h("li", { key: text }, text))),
      h("div", { className: "ps-people" }, pair.people.map((/** @type {any} */ record) => h(performers.EntityCard, { key: record.id, record }))),
      pair.can_merge && pair.why_stays && h("p", { className: "text-muted mb-2" }, pair.why_stays),
      !pair.can_merge && pair.why_not && h("p", { className: "text-warning" }, pair.why_not),
      h(
        "div",
        { className: "sbk-actions" },
        pair.can_merge && h(Bootstrap.Button, { variant: "primary", size: "sm", "aria-label": `${t("merge.open")}: ${name}`, onClick: () => setMerging(true) }, t("merge.open")),
        h(kit.ActionButton, { size: "sm", "aria-label": `${t("duplicate.dismiss")}: ${name}`, onClick: dismiss }, t("duplicate.dismiss")),
      ),
      isMerging && h(performers.MergeDialog, { kind: pair.kind, first, second, why: pair.why_stays, onClose: () => setMerging(false), onDone: merged }),
    );
  }

  function DuplicatesTab() {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { found, pager } = performers.usePages("duplicates", {}, PAGE_SIZE);
    const keys = found.data ? found.data.duplicates.map((/** @type {any} */ pair) => pair.key) : [];
    const rows = kit.useRowOutcomes(keys);
    const loadRest = () => {
      rows.clear();
      found.reload();
    };
    const task = kit.useTask("duplicates", { onEnd: loadRest });
    const row = (/** @type {any} */ pair) =>
      rows.outcomes[pair.key]
        ? h(performers.DecidedRow, { key: pair.key, name: pair.people.map((/** @type {any} */ one) => one.name).join(", "), text: rows.outcomes[pair.key] })
        : h(DuplicatePair, { key: pair.key, pair, rows, rowRef: rows.rowRef(pair.key) });
    const scan = () => task.start(DUPLICATES_TASK, {}, t("duplicate.scanning"));
    const madeAt = found.data ? found.data.made_at : null;
    const render = (/** @type {any} */ data) =>
      h(
        React.Fragment,
        null,
        !madeAt && h(kit.Empty, { icon: "faClone", title: t("duplicate.never"), text: t("duplicate.never.text") }),
        madeAt && data.count === 0 && h(kit.Empty, { icon: "faCircleCheck", title: t("duplicate.none"), text: t("duplicate.none.text") }),
        data.duplicates.map(row),
        h(performers.RestOfRows, { outcomes: rows.outcomes, keys, count: data.count, pager, onMore: loadRest }),
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
      h(kit.Loaded, { load: found, shape: "boxes", children: render }),
    );
  }

  Object.assign(performers, { DuplicatesTab });
})();
