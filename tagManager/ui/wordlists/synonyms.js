// The synonyms: groups of words with the same meaning, to add, edit, remove and restore.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { wordlistsCore: core } = tagging;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Edits one group of synonyms, or a new one. @param {{synonyms: Record<string, string[]>, group: {name: string, others: string[]}, onSave: (change: any) => Promise<void>, onClose: () => void}} props */
  function GroupDialog({ synonyms, group, onSave, onClose }) {
    const t = kit.useText();
    const [name, setName] = useState(group.name);
    const [text, setText] = useState(group.others.join("\n"));
    const clean = name.trim();
    const others = core.splitWords(text);
    const isJoined = clean !== group.name && clean in synonyms;
    return h(
      kit.ConfirmDialog,
      {
        title: t(group.name ? "synonyms.edit" : "synonyms.add"),
        confirmText: t("words.save"),
        canConfirm: clean !== "" && others.length > 0,
        onConfirm: () => onSave(core.changeGroup(synonyms, group.name, clean, others)),
        onClose,
      },
      h(
        Bootstrap.Form.Group,
        { controlId: "tm-synonym-name" },
        h(Bootstrap.Form.Label, null, t("synonyms.name")),
        h(Bootstrap.Form.Control, { className: "text-input", value: name, onChange: (/** @type {any} */ event) => setName(event.target.value) }),
        isJoined && h(Bootstrap.Form.Text, { className: "text-warning" }, t("synonyms.joined", { name: clean })),
      ),
      h(
        Bootstrap.Form.Group,
        { controlId: "tm-synonym-others" },
        h(Bootstrap.Form.Label, null, t("synonyms.others")),
        h(Bootstrap.Form.Control, { as: "textarea", rows: 5, className: "text-input", value: text, onChange: (/** @type {any} */ event) => setText(event.target.value) }),
        h(Bootstrap.Form.Text, { className: "text-muted" }, t("synonyms.others.help")),
      ),
    );
  }

  /** The list of synonyms with its dialog. @param {{words: any, onWords: (words: any) => void}} props */
  function Synonyms({ words, onWords }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [text, setText] = useState("");
    const [page, setPage] = useState(1);
    const [edited, setEdited] = useState(/** @type {any} */ (null));
    const [removed, setRemoved] = useState(/** @type {Record<string, string[]>} */ ({}));
    const change = async (/** @type {any} */ args) => onWords(await ui.operation("synonyms_change", args));
    const remove = async (/** @type {any} */ row) => {
      await change({ remove: [row.name] });
      setRemoved({ [row.name]: row.others });
    };
    const restore = async () => {
      await change({ put: removed });
      setRemoved({});
    };
    const columns = [
      { key: "name", title: t("synonyms.name") },
      { key: "others", title: t("synonyms.others"), render: (/** @type {any} */ row) => row.others.join(", ") },
      {
        key: "do",
        title: "",
        render: (/** @type {any} */ row) =>
          h(
            "div",
            { className: "sbk-actions tm-tight" },
            h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": t("synonyms.edit.one", { name: row.name }), onClick: () => setEdited(row) }, t("words.edit")),
            h(kit.ActionButton, { size: "sm", "aria-label": t("synonyms.remove.one", { name: row.name }), onClick: () => remove(row) }, t("words.remove")),
          ),
      },
    ];
    const rows = core.listGroups(words.synonyms, text);
    return h(
      tagging.WordsSection,
      { title: t("synonyms.title"), action: h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => setEdited({ name: "", others: [] }) }, t("synonyms.add")) },
      h("p", { className: "text-muted" }, t("synonyms.text")),
      h(tagging.RestoreNotice, { names: Object.keys(removed), onRestore: restore }),
      h(tagging.LocalList, { rows, page, onPage: setPage, text, onText: setText, id: "tm-synonyms-search", columns, caption: t("synonyms.title"), keyOf: (/** @type {any} */ row) => row.name, empty: h("p", null, t(text ? "chooser.none" : "synonyms.none")) }),
      edited && h(GroupDialog, { synonyms: words.synonyms, group: edited, onSave: change, onClose: () => setEdited(null) }),
    );
  }

  Object.assign(tagging, { Synonyms });
})();
