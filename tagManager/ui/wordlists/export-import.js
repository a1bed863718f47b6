// Export of the word lists to a file, and import of one with a preview.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useRef, useState } = React;
  const PARTS = ["synonyms", "blacklist", "mappings", "rejections"];
  const KINDS = ["added", "changed", "removed"];

  /** The changes an import would make to one list. @param {{part: string, changes: any}} props */
  function PartChanges({ part, changes }) {
    const t = kit.useText();
    const kinds = KINDS.filter((kind) => changes[kind].length);
    if (!kinds.length) return null;
    const list = (/** @type {string} */ kind) =>
      h("div", { key: kind }, h("div", { className: "small text-muted" }, t(`words.file.${kind}`)), h("ul", null, changes[kind].map((/** @type {string} */ text) => h("li", { key: text }, text))));
    return h("section", { "aria-label": t(`words.part.${part}`) }, h("h3", { className: "h6" }, t(`words.part.${part}`)), kinds.map(list));
  }

  /** The changes an import would make. @param {{answer: any}} props */
  function Preview({ answer }) {
    const t = kit.useText();
    const { changes, skipped } = answer;
    return h(
      React.Fragment,
      null,
      changesNothing(changes) && h("p", { role: "status" }, t("words.file.same")),
      PARTS.map((part) => h(PartChanges, { key: part, part, changes: changes[part] })),
      skipped.length > 0 && h(kit.Notice, { level: "warning" }, t("words.file.skipped", { count: skipped.length, names: skipped.join(", ") })),
    );
  }

  /** True if the import would change nothing. @param {any} changes */
  function changesNothing(changes) {
    return PARTS.every((part) => KINDS.every((kind) => !changes[part][kind].length));
  }

  /** Previews the import of a file and carries it out. @param {{file: {name: string, text: string}, onWords: (words: any) => void, onClose: () => void}} props */
  function ImportDialog({ file, onWords, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [isReplacing, setReplacing] = useState(false);
    const args = { text: file.text, replace: isReplacing };
    const found = kit.useLoad(`import:${isReplacing}`, (signal) => ui.operation("words_import", { ...args, preview: true }, { signal }), { keeps: true });
    const answer = found.error || found.isLoading ? null : found.data;
    const importFile = async () => {
      await ui.operation("words_import", args);
      onWords(await ui.operation("words_get"));
      kit.toast.success(t("words.file.taken", { name: file.name }));
    };
    return h(
      kit.ConfirmDialog,
      { title: t("words.file.title", { name: file.name }), confirmText: t("words.file.take"), canConfirm: Boolean(answer) && !changesNothing(answer.changes), onConfirm: importFile, onClose, size: "lg" },
      h(kit.Tick, { id: "tm-import-instead", label: t("words.file.instead"), isOn: isReplacing, onChange: setReplacing }),
      found.error && h(kit.ErrorBox, { error: found.error }),
      found.isLoading && h(kit.Loading),
      answer && h(Preview, { answer }),
    );
  }

  /** Export to a file, and import from one. @param {{onWords: (words: any) => void}} props */
  function FileSection({ onWords }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const input = useRef(/** @type {any} */ (null));
    const [file, setFile] = useState(/** @type {any} */ (null));
    const exportWords = async () => kit.saveFile(await ui.operation("words_export"));
    const { run: read } = kit.useAction(async (/** @type {File} */ chosen) => setFile({ name: chosen.name, text: await chosen.text() }));
    const choose = (/** @type {any} */ event) => {
      const chosen = event.target.files[0];
      event.target.value = "";
      if (chosen) void read(chosen);
    };
    return h(
      tagging.WordsSection,
      { title: t("words.file") },
      h("p", { className: "text-muted" }, t("words.file.text")),
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { icon: "faDownload", onClick: exportWords }, t("words.file.export")),
        h(kit.ActionButton, { icon: "faUpload", onClick: () => input.current.click() }, t("words.file.import")),
        h("input", { ref: input, type: "file", accept: ".json,application/json", className: "d-none", "aria-label": t("words.file.import"), onChange: choose }),
      ),
      file && h(ImportDialog, { file, onWords, onClose: () => setFile(null) }),
    );
  }

  Object.assign(tagging, { FileSection });
})();
