// The choice of Plex libraries that are synced.
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
    const chosen = libraries.filter((one) => one.chosen).map((one) => one.id);
    const [ids, setIds] = useState(/** @type {string[]} */ (chosen));
    const isSame = ids.length === chosen.length && chosen.every((id) => ids.includes(id));
    const change = (/** @type {string} */ id, /** @type {boolean} */ isOn) => setIds(isOn ? [...ids, id] : ids.filter((one) => one !== id));
    const save = async () => {
      await ui.operation("libraries_choose", { ids });
      kit.toast.success(t("libraries.saved"));
      onSaved();
    };
    const label = (/** @type {any} */ one) =>
      h(React.Fragment, null, one.name, one.items && h("span", { className: "text-muted small" }, ` · ${t("libraries.items", { count: one.items })}`), h("div", { className: "text-muted small s2p-files" }, one.folders.join(", ")), one.asks_provider && h("div", { className: "text-muted small" }, t("libraries.provider")), !one.can_edit && h("div", { className: "text-warning small" }, t("libraries.read_only")));
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
      libraries.length > 0 && h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", variant: "primary", disabled: !ids.length || isSame, onClick: save }, t("libraries.save"))),
    );
  }

  /** Show the libraries of the Plex server with checkboxes. @param {{onRepaired: () => void}} props */
  function Libraries({ onRepaired }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const list = kit.useLoad("libraries", (signal) => ui.operation("libraries_list", {}, { signal }));
    const body = list.data ? h(LibraryPicker, { ...list.data, onSaved: list.data.problem ? onRepaired : list.reload }) : h(kit.Pending, { load: list });
    return h(kit.Section, { title: t("libraries.title") }, body);
  }

  Object.assign(plexSync, { Libraries });
})();
