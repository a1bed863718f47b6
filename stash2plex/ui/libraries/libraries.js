// Which libraries are synced, where their files are, and settings of an earlier Stash2Plex.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** @param {{libraries: any[], problem: string, onSaved: () => void}} props */
  function LibraryPicker({ libraries, problem, onSaved }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [ids, setIds] = useState(/** @type {string[]} */ (libraries.filter((one) => one.chosen).map((one) => one.id)));
    const change = (/** @type {string} */ id, /** @type {boolean} */ isOn) => setIds(isOn ? [...ids, id] : ids.filter((one) => one !== id));
    const save = async () => {
      await ui.operation("libraries_choose", { ids });
      kit.toast.success(t("libraries.saved"));
      onSaved();
    };
    const label = (/** @type {any} */ one) =>
      h(React.Fragment, null, one.name, h("div", { className: "text-muted small s2p-files" }, one.folders.join(", ")), !one.can_edit && h("div", { className: "text-warning small" }, t("libraries.read_only")));
    return h(
      "div",
      { className: "s2p-block" },
      h("p", { className: "sub-heading" }, t("libraries.text")),
      problem && h(kit.Notice, { level: "warning" }, problem),
      !libraries.length && h("p", { className: "text-warning" }, t("libraries.none")),
      libraries.map((one) =>
        h(Bootstrap.Form.Check, { key: one.id, id: `s2p-library-${one.id}`, type: "checkbox", label: label(one), checked: ids.includes(one.id), onChange: (/** @type {any} */ event) => change(one.id, event.target.checked) }),
      ),
      libraries.length > 0 && !ids.length && h("div", { className: "text-warning small" }, t("libraries.empty")),
      libraries.length > 0 && h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", variant: "primary", disabled: !ids.length, onClick: save }, t("libraries.save"))),
    );
  }

  /** @param {{onRepaired: () => void}} props */
  function Libraries({ onRepaired }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const list = kit.useLoad("libraries", (signal) => ui.operation("libraries_list", {}, { signal }));
    const body = list.data ? h(LibraryPicker, { ...list.data, onSaved: list.data.problem ? onRepaired : list.reload }) : list.error ? h(kit.ErrorBox, { error: list.error, onRetry: list.reload }) : h(kit.Loading);
    return h(kit.Section, { title: t("libraries.title") }, body);
  }

  /** @param {{found: any, onDone: () => void}} props */
  function Takeover({ found, onDone }) {
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
    if (!rows.length) return h(React.Fragment, null, h("div", { className: "text-muted" }, t("migrate.none")), hint);
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

  /** @param {{onDone: () => void}} props */
  function Migration({ onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad("migrate", (signal) => ui.operation("migrate", { preview: true }, { signal }));
    const done = () => {
      found.reload();
      onDone();
    };
    const body = found.data ? h(Takeover, { found: found.data, onDone: done }) : found.error ? h(kit.ErrorBox, { error: found.error, onRetry: found.reload }) : h(kit.Loading);
    return h(kit.Section, { title: t("migrate.title") }, h("div", { className: "s2p-block" }, body));
  }

  /** @param {{round: number, onRound: (round: number) => void}} props */
  function PlexSide({ round, onRound }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const status = kit.useLoad("status", (signal) => ui.operation("status", {}, { signal }));
    if (status.error) return h(kit.ErrorBox, { error: status.error, onRetry: status.reload });
    if (!status.data) return h(kit.Loading);
    if (!status.data.configured) {
      const actions = h("div", { className: "sbk-actions" }, h(plexSync.TabLink, { tab: "setup" }, t("action.setup")));
      return h(kit.Notice, { level: "warning", title: t("state.not_set_up.title") }, h("div", null, t("places.not_set_up")), actions);
    }
    return h(React.Fragment, null, h(Libraries, { key: `libraries ${round}`, onRepaired: () => onRound(round + 1) }), h(plexSync.PathRules, { key: `rules ${round}` }));
  }

  function Places() {
    const [round, setRound] = useState(0);
    return h(React.Fragment, null, h(PlexSide, { key: round, round, onRound: setRound }), h(Migration, { onDone: () => setRound(round + 1) }));
  }

  Object.assign(plexSync, { Places });
})();
