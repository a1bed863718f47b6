// The configured boxes with their state and connection test, and tools for settings and cache.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Test the connection to one box and show the answer. @param {{source: any}} props */
  function BoxTest({ source }) {
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
  function describeBox(t, source) {
    if (!source.is_on) return t("source.off");
    return source.has_key ? t("source.on") : t("source.keyless");
  }

  /** Show how many performers, studios and scenes are linked to a box. @param {{source: any, overview: any}} props */
  function BoxLinks({ source, overview }) {
    const t = kit.useText();
    if (!source.is_on) return null;
    const line = (/** @type {string} */ kind) => {
      const part = overview[kind];
      const linked = part.sources[source.box] || 0;
      const label = `${t(`report.${kind}`)}: ${t("tile.linked.text", { linked, total: part.total })}`;
      return h("div", { key: kind }, h("div", { className: "small" }, label), h(kit.ShareBar, { share: performers.countPercent(linked, part.total), label: `${source.box}, ${label}` }));
    };
    return h(React.Fragment, null, performers.SYNCED.map(line));
  }

  /** Show the configured boxes, each with its connection test. @param {{overview: any}} props */
  function BoxTable({ overview }) {
    const t = kit.useText();
    const stateOf = (/** @type {any} */ one, /** @type {string} */ kind) => overview.favorites.find((/** @type {any} */ row) => row.endpoint === one.endpoint && row.kind === kind);
    const look = (/** @type {any} */ one) => (!one.is_on ? "text-muted" : one.has_key ? "" : "text-danger");
    const columns = [
      { key: "box", title: t("source.box"), render: (/** @type {any} */ one) => h(React.Fragment, null, one.box, h("div", { className: "text-muted small ps-endpoint" }, one.endpoint)) },
      { key: "state", title: t("source.state"), className: "ps-tight", render: (/** @type {any} */ one) => h("span", { className: look(one) }, describeBox(t, one)) },
      { key: "links", title: t("source.links"), className: "ps-wide", render: (/** @type {any} */ one) => h(BoxLinks, { source: one, overview }) },
      {
        key: "favorites",
        title: t("source.favorites"),
        className: "ps-wide",
        render: (/** @type {any} */ one) => performers.KINDS.map((/** @type {string} */ kind) => h("div", { key: kind, className: "small" }, `${t(`report.${kind}`)}: `, h(performers.FavoriteState, { state: stateOf(one, kind) }))),
      },
      { key: "test", title: t("source.connection"), render: (/** @type {any} */ one) => h(BoxTest, { source: one }) },
    ];
    return h(
      "section",
      { className: "ps-panel" },
      h("h2", { className: "h4" }, t("source.title")),
      overview.sources.length > 1 && h("p", { className: "text-muted small" }, t("source.order")),
      h(kit.Table, { caption: t("source.title"), columns, rows: overview.sources, keyOf: (/** @type {any} */ one) => one.endpoint, nameOf: (/** @type {any} */ one) => one.box }),
      h(BoxTools),
    );
  }

  /** Show the buttons that check the settings and clear the cache of the boxes' answers. */
  function BoxTools() {
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

  Object.assign(performers, { BoxTable });
})();
