// The Overview tab: open work, links per box, the boxes, the last run, completeness.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;

  /** Show the open work with links to the tabs. @param {{overview: any}} props */
  function Attention({ overview }) {
    const t = kit.useText();
    const rows = performers.listAttention(overview);
    if (!rows.length) return h(kit.Notice, { level: "success" }, t("attention.none"));
    return h(
      "section",
      { className: "ps-panel" },
      h("h2", { className: "h4" }, t("attention.title")),
      h(
        "ul",
        { className: "list-unstyled mb-0" },
        rows.map((/** @type {any} */ row) =>
          h(
            "li",
            { key: row.key, className: `ps-attention sbk-notice sbk-${row.level}` },
            h("span", null, t(`attention.${row.key}`, { count: row.count })),
            h(kit.TabLink, { tab: row.tab }, t(`attention.go.${row.tab.split("?")[0]}`)),
          ),
        ),
      ),
    );
  }

  /** Ask what to do about values that were left out after a loss of the state file. @param {{count: number, onSettled: () => void}} props */
  function LossQuestion({ count, onSettled }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const settle = async (/** @type {string} */ decision) => {
      kit.toast.success((await ui.operation("loss_settle", { decision })).message);
      onSettled();
    };
    return h(
      kit.Notice,
      { level: "warning" },
      t("loss.text", { count }),
      h(
        "div",
        { className: "sbk-actions" },
        h(kit.ActionButton, { size: "sm", onClick: () => settle("keep") }, t("loss.keep")),
        h(kit.ActionButton, { size: "sm", onClick: () => settle("fill") }, t("loss.fill")),
      ),
    );
  }

  /** @param {{kind: string, part: any, boxes: string[]}} props */
  function LinkCounts({ kind, part, boxes }) {
    const t = kit.useText();
    const rows = [["", part.linked], ...boxes.map((box) => [box, part.sources[box] || 0])];
    return h(
      "section",
      { className: "ps-panel ps-half" },
      h("h2", { className: "h4" }, t(`report.${kind}`)),
      h("p", { className: "mb-2" }, t("overview.linked", { linked: part.linked, total: part.total, unlinked: part.unlinked })),
      rows.map(([box, count]) =>
        h(
          "div",
          { key: box, className: "ps-bar-row" },
          h("span", null, box || t("overview.any")),
          h(kit.ShareBar, { share: performers.countPercent(Number(count), part.total), label: box || t("overview.any") }),
          h("span", { className: "ps-count" }, count),
        ),
      ),
    );
  }

  /** Return the names of the boxes in use, in the order of preference. @param {any} overview @returns {string[]} */
  function listUsedBoxes(overview) {
    return overview.sources.filter((/** @type {any} */ one) => one.is_on).map((/** @type {any} */ one) => one.box);
  }

  /** Show the last run with its totals. @param {{run: StashBundle.Run | null}} props */
  function LastRun({ run }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    return h(
      "section",
      { className: "ps-panel" },
      h("h2", { className: "h4" }, t("overview.last")),
      !run && h("p", { className: "text-muted" }, t("overview.never"), " ", h(kit.TabLink, { tab: "sync" }, t("attention.go.sync"))),
      run && h("div", null, h(Bootstrap.Badge, { variant: kit.chooseLevel(run.state), className: "mr-2" }, t(`task.phase.${run.state}`)), run.title, h("span", { className: "text-muted" }, ` · ${kit.formatMoment(run.started_at, locale)}`)),
      run && h(performers.RunTotals, { totals: run.totals }),
      run && run.message && h("div", { className: "text-muted small" }, run.message),
      run && h("div", { className: "sbk-actions" }, h(kit.TabLink, { tab: "history" }, t("overview.history"))),
    );
  }

  function OverviewTab() {
    const ui = kit.useUi();
    const found = kit.useLoad("overview", (signal) => ui.operation("overview", {}, { signal }));
    return h(kit.Loaded, {
      load: found,
      children: (/** @type {any} */ overview) =>
        h(
          React.Fragment,
          null,
          overview.attention.lost > 0 && h(LossQuestion, { count: overview.attention.lost, onSettled: found.reload }),
          overview.sources.length > 0 && h(Attention, { overview }),
          overview.sources.length === 0 && h(performers.BoxTable, { overview }),
          h("div", { className: "ps-halves" }, performers.KINDS.map((/** @type {string} */ kind) => h(LinkCounts, { key: kind, kind, part: overview[kind], boxes: listUsedBoxes(overview) }))),
          overview.sources.length > 0 && h(performers.BoxTable, { overview }),
          h(LastRun, { run: overview.last_run }),
          h(performers.Completeness, { overview, onCounted: found.reload }),
        ),
    });
  }

  Object.assign(performers, { OverviewTab });
})();
