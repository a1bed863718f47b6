// The Overview tab: the start page of a fresh installation; else tiles, completeness, the stash-boxes and the last run.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const PROVIDERS_PAGE = "/settings?tab=metadata-providers";
  const TILES = 10;

  /** Return the words of a tile. @param {StashBundle.Translate} t */
  const describeTile = (t) => (/** @type {any} */ { key, values, note, ...tile }) => {
    const count = typeof tile.figure === "number" ? tile.figure : 0;
    return { ...tile, label: t(`tile.${key}`, { count }), text: values ? t("tile.linked.text", values) : note && t(note) };
  };

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

  /** Show the button that makes a preview of all performers. @param {{task: StashBundle.TaskState}} props */
  function PreviewButton({ task }) {
    const t = kit.useText();
    return h(kit.ActionButton, { variant: "primary", icon: "faEye", disabled: task.isActive, onClick: () => task.start("Update All Performers", { dry_run: true }, t("sync.previewing")) }, t("start.preview"));
  }

  /** Show what was found on a fresh installation, and the button that makes the first preview. @param {{overview: any, task: StashBundle.TaskState}} props */
  function Start({ overview, task }) {
    const t = kit.useText();
    const usable = overview.sources.filter((/** @type {any} */ one) => one.is_on && one.has_key);
    const counts = performers.SYNCED.map((/** @type {string} */ kind) => ({ label: t(`start.${kind}`, { count: overview[kind].total }), text: t("tile.linked.text", overview[kind]) }));
    const keyless = overview.sources.filter((/** @type {any} */ one) => one.is_on && !one.has_key).map((/** @type {any} */ one) => ({ label: one.box, text: t("source.keyless") }));
    const missing = overview.sources.length ? keyless : [{ label: t("boxes.none"), text: t("boxes.none.text") }];
    const found = [...usable.map((/** @type {any} */ one) => ({ label: one.box })), ...counts];
    const connect = h(ReactRouterDOM.Link, { to: PROVIDERS_PAGE, className: "btn btn-primary" }, t("boxes.add"));
    return h(kit.StartPage, { title: t("start.title"), text: t(usable.length ? "start.text" : "start.text.none"), found, missing }, usable.length ? h(PreviewButton, { task }) : connect);
  }

  /** Show in one line what to do next, with the button that leads there. @param {{overview: any, task: StashBundle.TaskState}} props */
  function NextStep({ overview, task }) {
    const t = kit.useText();
    const step = performers.chooseNextStep(overview);
    if (task.isKnown) return null; // its result has the next step
    return h(
      "div",
      { className: `sbk-notice ps-next sbk-${step ? "info" : "success"}` },
      h("div", null, h("strong", null, t("next.title")), " ", step ? t(`next.${step.key}`, { count: step.figure }) : t("next.none")),
      step ? h(kit.TabLink, { tab: step.tab, variant: "primary" }, t(`next.${step.key}.go`)) : h(PreviewButton, { task }),
    );
  }

  /** Show the last run with its totals. @param {{run: StashBundle.Run | null}} props */
  function LastRun({ run }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    if (!run) return null;
    return h(
      "section",
      { className: "ps-panel" },
      h("h2", { className: "h4" }, t("overview.last")),
      h("div", null, h(Bootstrap.Badge, { variant: kit.chooseLevel(run.state), className: "mr-2" }, t(`task.phase.${run.state}`)), run.title, h("span", { className: "text-muted" }, ` · ${kit.formatMoment(run.started_at, locale)}`)),
      h(performers.RunTotals, { totals: run.totals }),
      run.message && h("div", { className: "text-muted small" }, run.message),
      h("div", { className: "sbk-actions" }, h(kit.TabLink, { tab: "history" }, t("overview.history"))),
    );
  }

  /** Return true on an installation that has neither run nor preview, or no stash-box to ask. @param {any} overview */
  function isFresh({ last_run: run, attention, sources }) {
    return (!run && !attention.plan) || !sources.length;
  }

  /** Show the overview of an installation that has been used. @param {{found: StashBundle.Loaded}} props */
  function OverviewBody({ found }) {
    const overview = found.data;
    return h(
      React.Fragment,
      null,
      h(performers.Completeness, { overview, onCounted: found.reload }),
      h(performers.BoxTable, { overview }),
      h(LastRun, { run: overview.last_run }),
    );
  }

  function OverviewTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad("overview", (signal) => ui.operation("overview", {}, { signal }));
    const task = kit.useTask("sync", { onEnd: found.reload });
    const overview = found.data;
    const isNew = overview && isFresh(overview);
    return h(
      React.Fragment,
      null,
      overview && overview.attention.lost > 0 && h(LossQuestion, { count: overview.attention.lost, onSettled: found.reload }),
      isNew && h(Start, { overview, task }),
      h(kit.TaskProgress, { task, words: "sum" }, h(performers.TaskOutcome, { task, onUndone: found.reload })),
      overview && !isNew && h(NextStep, { overview, task }),
      !isNew && h(kit.TileRow, { label: t("tab.overview"), load: found, count: TILES, children: (/** @type {any} */ data) => performers.listTiles(data).map(describeTile(t)) }),
      overview && !isNew && h(OverviewBody, { found }),
    );
  }

  Object.assign(performers, { PreviewButton, OverviewTab });
})();
