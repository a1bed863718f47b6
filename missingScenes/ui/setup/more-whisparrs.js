// The list of further Whisparrs in Setup: each is added, tested, changed and removed in a dialog.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const NEW = { key: "", name: "", url: "", has_key: false, any_certificate: false, profile: 1, root_folder: "", tags: [], search: false };
  const TEXTS = ["name", "url", "api_key"];

  /** Show a text of the form. @param {{name: string, draft: any, onChange: (part: any) => void}} props */
  function DraftField({ name, draft, onChange }) {
    const t = kit.useText();
    const isKey = name === "api_key";
    const input = {
      size: "sm",
      className: "text-input",
      type: isKey ? "password" : "text",
      autoComplete: isKey ? "new-password" : "off",
      spellCheck: false,
      placeholder: isKey && draft.has_key ? t("more.key.saved") : t(`more.${name}.example`),
      value: draft[name] || "",
      onChange: (/** @type {any} */ event) => onChange({ [name]: event.target.value }),
    };
    return h(Bootstrap.Form.Group, { controlId: `ms-more-${name}` }, h(Bootstrap.Form.Label, { className: "small" }, t(`more.${name}`)), h(Bootstrap.Form.Control, input));
  }

  /** Show the choices for new scenes; profiles and folders are known after a test. @param {{draft: any, test: any, onChange: (part: any) => void}} props */
  function DraftChoices({ draft, test, onChange }) {
    const t = kit.useText();
    const profiles = missing.listWithPresent(test ? test.profiles : [], String(draft.profile));
    const folders = missing.listWithPresent([{ value: "", label: t("more.folder.only") }, ...(test ? test.folders : []).map((/** @type {string} */ value) => ({ value, label: value }))], draft.root_folder);
    return h(
      "div",
      { className: "sbk-filters" },
      h(kit.Picker, { id: "ms-more-profile", label: t("whisparr.profile"), value: String(draft.profile), choices: profiles, onChange: (/** @type {string} */ value) => onChange({ profile: Number(value) }) }),
      h(kit.Picker, { id: "ms-more-folder", label: t("whisparr.folder"), value: draft.root_folder, choices: folders, onChange: (/** @type {string} */ value) => onChange({ root_folder: value }) }),
      h(kit.Tick, { id: "ms-more-search", label: t("more.search"), isOn: draft.search, onChange: (/** @type {boolean} */ search) => onChange({ search }) }),
      h(kit.Tick, { id: "ms-more-certificate", label: t("more.certificate"), isOn: draft.any_certificate, onChange: (/** @type {boolean} */ isOn) => onChange({ any_certificate: isOn }) }),
    );
  }

  /** Show the form of one Whisparr; saving tests it first. @param {{row: any, onSaved: (answer: any) => void, onClose: () => void}} props */
  function MoreDialog({ row, onSaved, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [draft, setDraft] = useState(row);
    const [test, setTest] = useState(/** @type {any} */ (null));
    const change = (/** @type {any} */ part) => setDraft((/** @type {any} */ old) => ({ ...old, ...part }));
    const tags = draft.tags.join(", ");
    const sent = () => missing.makeWhisparrRow(draft);
    const run = async () => setTest(await ui.operation("whisparr_more_test", { row: sent() }));
    const save = async () => onSaved(await ui.operation("whisparr_more_save", { row: sent() }));
    const ask = { title: t(row.key ? "more.change" : "more.add"), confirmText: t("more.save"), canConfirm: missing.isWhisparrRowComplete(draft), onConfirm: save, onClose, size: "lg" };
    return h(
      kit.ConfirmDialog,
      ask,
      TEXTS.map((name) => h(DraftField, { key: name, name, draft, onChange: change })),
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", disabled: !missing.isWhisparrRowComplete(draft), onClick: run }, t("more.test"))),
      test && h(kit.Notice, { level: test.state === "ok" ? "success" : "warning" }, test.message, test.next_step && ` ${test.next_step}`),
      h(DraftChoices, { draft, test, onChange: change }),
      h(Bootstrap.Form.Group, { controlId: "ms-more-tags" }, h(Bootstrap.Form.Label, { className: "small" }, t("more.tags")), h(Bootstrap.Form.Control, { size: "sm", className: "text-input", defaultValue: tags, onBlur: (/** @type {any} */ event) => change({ tags: missing.splitTags(event.target.value) }) })),
    );
  }

  /** Show one Whisparr of the list. @param {{row: any, onEdit: (row: any) => void, onRemove: (row: any) => unknown}} props */
  function MoreRow({ row, onEdit, onRemove }) {
    const t = kit.useText();
    return h(
      "li",
      { className: "ms-release" },
      h("div", { className: "ms-release-text" }, h("strong", null, row.name), " ", h("span", { className: "text-muted" }, row.url), !row.has_key && h("div", { className: "text-warning small" }, t("more.no_key"))),
      h(kit.ActionButton, { size: "sm", icon: "faPencilAlt", onClick: () => onEdit(row), "aria-label": `${t("more.edit")}: ${row.name}` }, t("more.edit")),
      h(kit.ActionButton, { size: "sm", icon: "faTrash", onClick: () => onRemove(row), "aria-label": `${t("more.remove")}: ${row.name}` }, t("more.remove")),
    );
  }

  /** Show the further Whisparrs with the button that adds one; a step of Setup and a field of the settings. */
  function MoreWhisparrs() {
    const ui = kit.useUi();
    const t = kit.useText();
    const load = kit.useLoad("whisparr_more", (signal) => ui.operation("whisparr_more", {}, { signal }));
    const [edited, setEdited] = useState(/** @type {any} */ (null));
    const take = (/** @type {any} */ answer) => {
      load.setData(answer);
      kit.forgetCached(["configuration"]);
    };
    const remove = async (/** @type {any} */ row) => take(await ui.operation("whisparr_more_remove", { key: row.key }));
    if (load.error || !load.data) return h(kit.Pending, { load, lines: 1 });
    return h(
      "div",
      { className: "ms-whisparrs" },
      load.data.whisparrs.length > 0 && h("ul", { className: "ms-releases", "aria-label": t("more.title") }, load.data.whisparrs.map((/** @type {any} */ row) => h(MoreRow, { key: row.key, row, onEdit: setEdited, onRemove: remove }))),
      h("p", { className: "text-muted small mb-2" }, t("more.text")),
      h(kit.ActionButton, { size: "sm", icon: "faPlus", onClick: () => setEdited(NEW) }, t("more.add")),
      edited && h(MoreDialog, { row: edited, onSaved: take, onClose: () => setEdited(null) }),
    );
  }

  Object.assign(missing, { MoreWhisparrs });
})();
