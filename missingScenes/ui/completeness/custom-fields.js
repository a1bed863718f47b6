// The switch that writes completeness into custom fields, by which Stash can filter, and the button that removes them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Ask before all fields are removed. @param {{onClose: () => void, onStarted: (handle: any) => void}} props */
  function RemoveDialog({ onClose, onStarted }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const onConfirm = async () => onStarted(kit.readTaskHandle(await ui.operation("remove_custom_fields", {}), t("fields.removing")));
    return h(kit.ConfirmDialog, { title: t("fields.remove.title"), confirmText: t("fields.remove"), onConfirm, onClose }, h("p", null, t("fields.remove.text")));
  }

  /** Show what is written for each kind, or that this Stash is too old. @param {{state: any}} props */
  function FieldKinds({ state }) {
    const t = kit.useText();
    const isNew = (/** @type {string} */ kind) => state.kinds.includes(kind);
    const line = (/** @type {string} */ kind) => h("li", { key: kind }, t(isNew(kind) ? `fields.${kind}` : `fields.${kind}.old`, { since: state.since[kind] }));
    return h("ul", { className: "mb-2" }, Object.keys(state.since).map(line));
  }

  /** Show the section about custom fields below the table. */
  function CustomFieldsSection() {
    const ui = kit.useUi();
    const t = kit.useText();
    const load = kit.useLoad("custom-fields", (signal) => ui.operation("custom_fields", {}, { signal }));
    const [isAsking, setAsking] = useState(false);
    const task = kit.useTask("custom-fields", { onEnd: load.reload });
    const settings = kit.useSettings(load.reload);
    const { data } = load;
    return h(
      kit.Section,
      { title: t("fields.title") },
      h(
        "div",
        { className: "ms-section" },
        h(missing.StashPartTicks, { settings }),
        (load.error || !data) && h(kit.Pending, { load, lines: 3 }),
        data &&
          data.kinds.length > 0 &&
          h(
            "div",
            { className: "sbk-toolbar mb-2" },
            h(kit.Tick, { id: "ms-completeness-fields", label: t("fields.write"), isOn: data.is_on, onChange: (/** @type {boolean} */ isOn) => settings.save({ completenessFields: isOn }) }),
            h(Bootstrap.Button, { size: "sm", variant: "secondary", disabled: task.isActive, onClick: () => setAsking(true) }, t("fields.remove.open")),
            h("span", { className: "text-muted small", role: "status" }, t(data.is_on ? "fields.on" : "fields.off")),
          ),
        data && h("details", null, h("summary", { className: "text-muted small" }, t("fields.about")), h("p", { className: "mt-2" }, t("fields.text")), h(FieldKinds, { state: data }), h("p", { className: "text-muted mb-0" }, t("fields.hooks"))),
        h(kit.TaskProgress, { task }, task.run && h(kit.UndoButton, { run: task.run, onDone: load.reload })),
        isAsking && h(RemoveDialog, { onClose: () => setAsking(false), onStarted: task.adopt }),
      ),
    );
  }

  Object.assign(missing, { CustomFieldsSection });
})();
