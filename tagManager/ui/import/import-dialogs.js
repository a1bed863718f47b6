// The dialogs of the Import tab: the parent tag of a category, and the tags in it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useState } = React;
  const PAGE_SIZE = 25;

  /** Chooses the parent tag for a category of the box. @param {{category: any, box: any, onClose: () => void, onDone: () => void}} props */
  function ParentDialog({ category, box, onClose, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [chosen, setChosen] = useState(category.mapped);
    const save = async (/** @type {any} */ tag) => {
      await ui.operation("category_map", { endpoint: box.endpoint, category_id: category.id, tag_id: tag ? tag.id : null });
      onDone();
    };
    const forget = async () => (await save(null), onClose());
    return h(
      kit.ConfirmDialog,
      { title: t("import.parent.title", { name: category.name }), confirmText: t("import.parent.save"), canConfirm: Boolean(chosen), onConfirm: () => save(chosen), onClose },
      h("p", null, t("import.parent.text", { box: box.name })),
      h(tagging.Chooser, { id: "tm-parent", label: t("import.parent.tag"), find: tagging.findLocalTags, chosen, onChoose: setChosen }),
      category.mapped && h(kit.ActionButton, { size: "sm", onClick: forget }, t("import.parent.none")),
    );
  }

  /** Selects single tags of a category. @param {{category: any, box: any, plan: (args: any) => Promise<void>, onClose: () => void}} props */
  function BrowseDialog({ category, box, plan, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const args = { endpoint: box.endpoint, category_id: category.id, text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("remote_search", args, { signal }), { keeps: true });
    const rows = found.data ? found.data.tags : [];
    const selection = kit.useSelection(rows.map((/** @type {any} */ row) => row.id));
    const count = selection.selected.size;
    const columns = [
      { key: "name", title: t("import.conflict.tag"), render: (/** @type {any} */ row) => h(tagging.RemoteName, { remote: row }) },
      { key: "aliases", title: t("merge.aliases"), render: (/** @type {any} */ row) => row.aliases.join(", ") },
      { key: "linked_to", title: t("search.linked_to"), render: (/** @type {any} */ row) => row.linked_to.map((/** @type {any} */ one) => one.name).join(", ") },
    ];
    const actions = h(kit.ActionButton, { size: "sm", variant: "primary", onClick: () => plan({ remote_ids: [...selection.selected] }) }, t("import.chosen_tags", { count }));
    return h(
      kit.Dialog,
      { title: t("import.browse.title", { name: category.name, box: box.name }), onClose, size: "xl" },
      h(tagging.Listing, { found, items: "tags", columns, caption: category.name, page, size: PAGE_SIZE, onPage: setPage, text, onText: setText, keyOf: (/** @type {any} */ row) => row.id, selection, actions, empty: h(kit.Empty, { title: t("search.none") }) }),
    );
  }

  Object.assign(tagging, { ParentDialog, BrowseDialog });
})();
