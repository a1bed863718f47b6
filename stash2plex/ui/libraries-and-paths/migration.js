// The migration of settings from an older Stash2Plex.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;

  /** @param {{found: any, onDone: () => void}} props */
  function MigrationForm({ found, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const rows = Object.entries(found.settings);
    const run = async () => {
      const done = await ui.operation("migrate");
      kit.forgetCached(["configuration"]);
      kit.toast.success(t("migrate.done", { count: Object.keys(done.settings).length }));
      onDone();
    };
    const hint = found.may_be_locked && h(kit.Notice, { level: "info" }, t("migrate.locked"));
    if (!rows.length) return hint;
    return h(
      React.Fragment,
      null,
      h("p", null, t("migrate.text")),
      h("ul", { className: "s2p-files" }, rows.map(([key, value]) => h("li", { key }, `${key}: ${value === "set" ? t("migrate.secret") : String(value)}`))),
      found.ignored.length > 0 && h("p", { className: "text-muted small" }, t("migrate.ignored", { keys: found.ignored.join(", ") })),
      h("p", { className: "text-muted small" }, t("migrate.off")),
      hint,
      h(kit.ActionButton, { size: "sm", variant: "primary", onClick: run }, t("migrate.run")),
    );
  }

  /** Show which settings of an older Stash2Plex can be taken over, if there is one. @param {{onDone: () => void}} props */
  function Migration({ onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad("migrate", (signal) => ui.operation("migrate", { preview: true }, { signal }));
    const done = () => {
      found.reload();
      onDone();
    };
    const { data } = found;
    if (!found.error && !(data && (data.may_be_locked || Object.keys(data.settings).length))) return null; // most people never had one
    const body = data ? h(MigrationForm, { found: data, onDone: done }) : h(kit.Pending, { load: found });
    return h(kit.Section, { title: t("migrate.title") }, h("div", { className: "s2p-block" }, body));
  }

  Object.assign(plexSync, { Migration });
})();
