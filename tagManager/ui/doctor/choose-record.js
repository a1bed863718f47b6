// The dialog that names the record to which a scene shall be linked: a found one, or one by its address.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Ask for the record; `onChoose` gets its id or address. @param {{row: any, onChoose: (target: string) => Promise<void>, onClose: () => void}} props */
  function ChooseRecord({ row, onChoose, onClose }) {
    const t = kit.useText();
    const [chosen, setChosen] = useState(row.target ? row.target.id : "");
    const [typed, setTyped] = useState("");
    const option = (/** @type {any} */ record) =>
      h(
        "div",
        { key: record.id, className: "tm-candidate" },
        h(Bootstrap.Form.Check, { type: "radio", id: `tm-record-${record.id}`, name: "tm-record", label: record.title || record.id, checked: !typed && chosen === record.id, onChange: () => (setTyped(""), setChosen(record.id)) }),
        h(tagging.RecordSide, { side: row.box, record, untitled: record.id }),
      );
    const target = typed.trim() || chosen;
    return h(
      kit.ConfirmDialog,
      { title: t("doctor.choose.title"), size: "lg", confirmText: t("doctor.choose.confirm"), canConfirm: Boolean(target), onConfirm: () => onChoose(target), onClose },
      row.candidates.length > 0 ? row.candidates.map(option) : h("p", null, t("doctor.choose.none", { box: row.box })),
      h(
        Bootstrap.Form.Group,
        { controlId: "tm-record-address" },
        h(Bootstrap.Form.Label, null, t("doctor.choose.address", { box: row.box })),
        h(Bootstrap.Form.Control, { className: "text-input", value: typed, autoComplete: "off", onChange: (/** @type {any} */ event) => setTyped(event.target.value) }),
      ),
    );
  }

  Object.assign(tagging, { ChooseRecord });
})();
