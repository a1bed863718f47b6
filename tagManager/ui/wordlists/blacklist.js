// The blacklist: names and patterns with a preview of their hits, and the read-only lists of the setting and of Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { wordlistsCore: core } = tagging;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useState } = React;
  const TYPING_PAUSE = 1; // seconds

  /** Returns the text after typing has settled. @param {string} text */
  function useSettledText(text) {
    const [settled, setSettled] = useState(text);
    useEffect(() => (text === settled ? undefined : kit.clock.every(TYPING_PAUSE, () => setSettled(text))), [text, settled]);
    return settled;
  }

  /** Returns the hits of each entry; `hasNoLists` is true if no box's tag list has been fetched. @param {StashBundle.Ui} ui @param {string[]} entries @param {AbortSignal} [signal] @returns {Promise<any[]>} */
  async function previewEntries(ui, entries, signal) {
    if (!entries.length) return [];
    const answer = await ui.operation("blacklist_try", { entries }, { signal });
    return answer.entries.map((/** @type {any} */ one) => ({ ...one, hasNoLists: answer.names === 0 }));
  }

  /** A sentence on the hits of an entry. @param {{preview: any}} props */
  function Hits({ preview }) {
    const t = kit.useText();
    if (!preview) return null;
    if (preview.problem) return h("span", { className: "text-danger" }, t("blacklist.problem", { why: preview.problem }));
    if (preview.hasNoLists) return h("span", { className: "text-muted" }, t("blacklist.hits.unknown"));
    const names = preview.examples.join(", ") + (preview.count > preview.examples.length ? ", …" : "");
    return h("span", { className: preview.count ? "" : "text-muted" }, preview.count ? t("blacklist.hits", { count: preview.count, names }) : t("blacklist.hits.none"));
  }

  /** The form for a new entry, with a preview of its hits while typing. @param {{onWords: (words: any) => void}} props */
  function NewEntry({ onWords }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [text, setText] = useState("");
    const [refused, setRefused] = useState(/** @type {any} */ (null));
    const entry = useSettledText(text.trim());
    const previewEntry = (/** @type {string} */ one, /** @type {AbortSignal | undefined} */ signal) => previewEntries(ui, [one], signal).then((all) => all[0]);
    const found = kit.useLoad(`try:${entry}`, async (signal) => (entry ? previewEntry(entry, signal) : null));
    const preview = refused && refused.text === text.trim() ? refused : found.data && found.data.text === text.trim() ? found.data : null;
    const add = async () => {
      const answer = await previewEntry(text.trim(), undefined);
      if (answer.problem) return setRefused(answer);
      onWords(await ui.operation("blacklist_add", { names: [text.trim()] }));
      return setText("");
    };
    const { run, isBusy } = kit.useAction(add);
    const submit = (/** @type {any} */ event) => {
      event.preventDefault();
      if (text.trim() && !isBusy) void run();
    };
    const isBroken = Boolean(preview && preview.problem);
    return h(
      Bootstrap.Form,
      { onSubmit: submit },
      h(
        Bootstrap.Form.Group,
        { controlId: "tm-blacklist-new" },
        h(Bootstrap.Form.Label, null, t("blacklist.new")),
        h(
          "div",
          { className: "sbk-field-row" },
          h(Bootstrap.Form.Control, { className: "text-input", value: text, isInvalid: isBroken, "aria-describedby": "tm-blacklist-hits", autoComplete: "off", onChange: (/** @type {any} */ event) => setText(event.target.value) }),
          h(Bootstrap.Button, { type: "submit", variant: "primary", disabled: !text.trim() || isBusy || isBroken }, t("blacklist.add")),
        ),
        h("div", { id: "tm-blacklist-hits", role: "status", className: "small" }, h(Hits, { preview })),
        found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
        h(Bootstrap.Form.Text, { className: "text-muted" }, t("blacklist.new.help")),
      ),
    );
  }

  /** A read-only list that is edited elsewhere. @param {{title: string, entries: string[], to: string, link: string, problems: any[]}} props */
  function ReadOnlyList({ title, entries, to, link, problems }) {
    const t = kit.useText();
    return h(
      "div",
      { className: "tm-elsewhere" },
      h("div", { className: "sbk-section-head small" }, h("span", null, entries.length ? title : `${title}: ${t("blacklist.elsewhere.none")}`), h(ReactRouterDOM.Link, { to }, link)),
      entries.length > 0 &&
        h(
          "ul",
          null,
          entries.map((entry) => h("li", { key: entry }, h("code", null, entry), h("span", { className: "text-danger small ml-2" }, core.explainEntry(problems, entry)))),
        ),
    );
  }

  /** The blacklist with its form, and the lists that are edited elsewhere. @param {{words: any, onWords: (words: any) => void}} props */
  function Blacklist({ words, onWords }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [text, setText] = useState("");
    const [page, setPage] = useState(1);
    const [removed, setRemoved] = useState(/** @type {string[]} */ ([]));
    const entries = core.filterEntries(words.blacklist, text);
    const selection = kit.useSelection(entries);
    const shown = core.cutPage(entries, page, tagging.LOCAL_PAGE_SIZE).rows;
    const found = kit.useLoad(`hits:${shown.join("\n")}`, (signal) => previewEntries(ui, shown, signal), { keeps: true });
    const previews = new Map((found.data || []).map((/** @type {any} */ one) => [one.text, one]));
    const remove = async () => {
      const names = entries.filter((/** @type {string} */ entry) => selection.selected.has(entry));
      onWords(await ui.operation("blacklist_remove", { names }));
      setRemoved(names);
      selection.clear();
    };
    const restore = async () => {
      onWords(await ui.operation("blacklist_add", { names: removed }));
      setRemoved([]);
    };
    const columns = [
      { key: "text", title: t("blacklist.entry"), render: (/** @type {any} */ row) => (core.isPattern(row.text) ? h("code", null, row.text) : row.text) },
      { key: "hits", title: t("blacklist.hit"), render: (/** @type {any} */ row) => h(Hits, { preview: previews.get(row.text) }) },
    ];
    return h(
      tagging.WordsSection,
      { title: t("blacklist.title") },
      h("p", { className: "text-muted" }, t("blacklist.text")),
      h(NewEntry, { onWords }),
      h(tagging.RestoreNotice, { names: removed, onRestore: restore }),
      h(tagging.LocalList, {
        rows: entries.map((/** @type {string} */ entry) => ({ text: entry })),
        page,
        onPage: setPage,
        text,
        onText: setText,
        id: "tm-blacklist-search",
        columns,
        caption: t("blacklist.title"),
        keyOf: (/** @type {any} */ row) => row.text,
        selection,
        actions: h(kit.ActionButton, { size: "sm", onClick: remove }, t("words.remove")),
        empty: h("p", null, t(text ? "chooser.none" : "blacklist.none")),
      }),
      h(ReadOnlyList, { title: t("blacklist.setting"), entries: words.blacklist_setting, to: `${ui.path}/setup?advanced`, link: t("blacklist.setting.link"), problems: words.problems }),
      h(ReadOnlyList, { title: t("blacklist.stash"), entries: words.excluded_patterns, to: "/settings?tab=metadata-providers", link: t("blacklist.stash.link"), problems: words.problems }),
    );
  }

  Object.assign(tagging, { Blacklist });
})();
