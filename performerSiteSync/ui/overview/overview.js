// What the page begins with: what needs a person, what is linked where, how complete it is, and the last run.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const { core } = performers;
  const KINDS = ["performer", "studio"];
  const PROVIDERS = "/settings?tab=metadata-providers";

  /** @param {{overview: any}} props */
  function Attention({ overview }) {
    const t = kit.useText();
    const rows = core.listAttention(overview);
    if (!rows.length) return h(kit.Notice, { level: "success" }, t("attention.none"));
    return h(
      "section",
      { className: "ps-panel" },
      h("h4", null, t("attention.title")),
      h(
        "ul",
        { className: "list-unstyled mb-0" },
        rows.map((/** @type {any} */ row) =>
          h(
            "li",
            { key: row.key, className: `ps-attention sbk-notice sbk-${row.level}` },
            h("span", null, t(`attention.${row.key}`, { count: row.count })),
            h(performers.TabLink, { tab: row.tab }, t(`attention.go.${row.tab.split("?")[0]}`)),
          ),
        ),
      ),
    );
  }

  /** @param {{kind: string, part: any, boxes: string[]}} props */
  function Links({ kind, part, boxes }) {
    const t = kit.useText();
    const rows = [["", part.linked], ...boxes.map((box) => [box, part.sources[box] || 0])];
    return h(
      "section",
      { className: "ps-panel ps-half" },
      h("h4", null, t(`report.${kind}`)),
      h("p", { className: "mb-2" }, t("overview.linked", { linked: part.linked, total: part.total, unlinked: part.unlinked })),
      rows.map(([box, count]) =>
        h(
          "div",
          { key: box, className: "ps-bar-row" },
          h("span", null, box || t("overview.any")),
          h(performers.Bar, { share: core.shareOf(Number(count), part.total), label: box || t("overview.any") }),
          h("span", { className: "ps-count" }, count),
        ),
      ),
    );
  }

  /** The boxes in use, in the order they are followed. @param {any} overview @returns {string[]} */
  function boxesOf(overview) {
    return overview.sources.filter((/** @type {any} */ one) => one.is_on).map((/** @type {any} */ one) => one.box);
  }

  /** Asks one source who we are there. @param {{source: any}} props */
  function SourceTest({ source }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [result, setResult] = useState(/** @type {any} */ (null));
    const ask = async () => {
      const answer = await ui.operation("test_connections", { source: source.endpoint });
      setResult(answer.sources[0]);
    };
    const fail = (/** @type {any} */ error) => setResult({ is_ok: false, message: kit.asKitError(error).message });
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", disabled: !source.is_on, onClick: ask, onError: fail, "aria-label": `${t("source.test")}: ${source.box}` }, t("source.test")),
      result && h("div", { className: `small ${result.is_ok ? "text-success" : "text-danger"}`, role: "status" }, result.message),
    );
  }

  /** @param {StashBundle.Translate} t @param {any} source */
  function describeSource(t, source) {
    if (!source.is_on) return t("source.off");
    return source.has_key ? t("source.on") : t("source.keyless");
  }

  /** @param {{overview: any}} props */
  function Sources({ overview }) {
    const t = kit.useText();
    const stateOf = (/** @type {any} */ one, /** @type {string} */ kind) => overview.favorites.find((/** @type {any} */ row) => row.endpoint === one.endpoint && row.kind === kind);
    const look = (/** @type {any} */ one) => (!one.is_on ? "text-muted" : one.has_key ? "" : "text-danger");
    const columns = [
      { key: "box", title: t("source.box"), render: (/** @type {any} */ one) => h(React.Fragment, null, one.box, h("div", { className: "text-muted small ps-endpoint" }, one.endpoint)) },
      { key: "state", title: t("source.state"), className: "ps-tight", render: (/** @type {any} */ one) => h("span", { className: look(one) }, describeSource(t, one)) },
      {
        key: "favorites",
        title: t("source.favorites"),
        className: "ps-wide",
        render: (/** @type {any} */ one) => KINDS.map((kind) => h("div", { key: kind, className: "small" }, `${t(`report.${kind}`)}: `, h(performers.FavoriteState, { state: stateOf(one, kind) }))),
      },
      { key: "test", title: t("source.connection"), render: (/** @type {any} */ one) => h(SourceTest, { source: one }) },
    ];
    const toSettings = h(ReactRouterDOM.Link, { to: PROVIDERS, className: "btn btn-primary btn-sm" }, t("source.add"));
    const empty = h(kit.Empty, { icon: "faPlug", title: t("source.none"), text: t("source.none.text") }, toSettings);
    return h(
      "section",
      { className: "ps-panel" },
      h("h4", null, t("source.title")),
      overview.sources.length > 1 && h("p", { className: "text-muted small" }, t("source.order")),
      h(kit.Table, { caption: t("source.title"), columns, rows: overview.sources, keyOf: (/** @type {any} */ one) => one.endpoint, nameOf: (/** @type {any} */ one) => one.box, empty }),
      h(Tools),
    );
  }

  /** What the settings cannot work with, and forgetting what the sources said. */
  function Tools() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [said, setSaid] = useState(/** @type {any} */ (null));
    const [isAsking, setAsking] = useState(false);
    const validate = async () => {
      const { message, problems } = await ui.operation("validate_configuration");
      setSaid({ level: problems.length ? "warning" : "success", lines: problems.length ? problems : [message] });
    };
    const clear = async () => {
      const { message } = await ui.operation("clear_cache");
      setSaid({ level: "success", lines: [message] });
    };
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", onClick: validate }, t("tools.validate")), h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => setAsking(true) }, t("tools.clear"))),
      said && h("div", { className: "mt-3" }, h(kit.Notice, { level: said.level }, said.lines.map((/** @type {string} */ line) => h("div", { key: line }, line)))),
      isAsking && h(kit.ConfirmDialog, { title: t("tools.clear.title"), confirmText: t("tools.clear.confirm"), onConfirm: clear, onClose: () => setAsking(false) }, h("p", null, t("tools.clear.text"))),
    );
  }

  /** @param {{part: any, kind: string}} props */
  function Coverage({ part, kind }) {
    const t = kit.useText();
    return h(
      "section",
      { className: "ps-panel ps-half" },
      h("h4", null, t(`coverage.${kind}`)),
      core.listCoverage(part).map((/** @type {any} */ row) =>
        h(
          "div",
          { key: row.field, className: "ps-bar-row" },
          h("span", null, performers.nameField(t, row.field)),
          h(performers.Bar, { share: row.share, label: performers.nameField(t, row.field) }),
          h("span", { className: "ps-count" }, row.count),
        ),
      ),
    );
  }

  /** @param {{overview: any, onCounted: () => void}} props */
  function Completeness({ overview, onCounted }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const task = kit.useTask("report", { onEnd: onCounted });
    const { report } = overview;
    const count = () => task.start("Generate Report", {}, t("report.making"));
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { icon: "faChartBar", disabled: task.isActive, onClick: count }, t(report ? "overview.recount" : "overview.count")),
        h("span", { className: "text-muted small" }, report ? t("report.made", { moment: kit.formatMoment(report.made_at, locale) }) : t("overview.count.text")),
      ),
      h(kit.TaskProgress, { task }),
      report && h("div", { className: "ps-halves" }, KINDS.filter((kind) => report[kind].total > 0).map((kind) => h(Coverage, { key: kind, kind, part: report[kind] }))),
    );
  }

  /** @param {{run: StashBundle.Run | null}} props */
  function LastRun({ run }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    return h(
      "section",
      { className: "ps-panel" },
      h("h4", null, t("overview.last")),
      !run && h("p", { className: "text-muted" }, t("overview.never"), " ", h(performers.TabLink, { tab: "sync" }, t("attention.go.sync"))),
      run && h("div", null, h(Bootstrap.Badge, { variant: kit.chooseLevel(run.state), className: "mr-2" }, t(`task.phase.${run.state}`)), run.title, h("span", { className: "text-muted" }, ` · ${kit.formatMoment(run.started_at, locale)}`)),
      run && h(performers.Sum, { totals: run.totals }),
      run && run.message && h("div", { className: "text-muted small" }, run.message),
      run && h("div", { className: "sbk-actions" }, h(performers.TabLink, { tab: "history" }, t("overview.history"))),
    );
  }

  function Overview() {
    const ui = kit.useUi();
    const found = kit.useLoad("overview", (signal) => ui.operation("overview", {}, { signal }));
    return h(performers.Found, {
      found,
      children: (/** @type {any} */ overview) =>
        h(
          React.Fragment,
          null,
          overview.sources.length > 0 && h(Attention, { overview }),
          overview.sources.length === 0 && h(Sources, { overview }),
          h("div", { className: "ps-halves" }, KINDS.map((kind) => h(Links, { key: kind, kind, part: overview[kind], boxes: boxesOf(overview) }))),
          overview.sources.length > 0 && h(Sources, { overview }),
          h(LastRun, { run: overview.last_run }),
          h(Completeness, { overview, onCounted: found.reload }),
        ),
    });
  }

  Object.assign(performers, { Overview });
})();
