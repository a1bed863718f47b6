// Tags that nothing uses, with what speaks for keeping them; a plan deletes them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const KEEPS = { keeps: true };

  function UnusedView() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const { task, start } = tagging.useCleaningTask("unused");
    const args = { text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("unused_list", args, { signal }), KEEPS);
    const rows = found.data ? found.data.tags : [];
    const keyOf = (/** @type {any} */ row) => String(row.id);
    const selection = kit.useSelection(rows.map(keyOf));
    const columns = [
      { key: "name", title: t("cleaning.tag"), render: (/** @type {any} */ row) => h(kit.api.libraries.ReactRouterDOM.Link, { to: `/tags/${row.id}` }, row.name) },
      { key: "parents", title: t("unused.parents"), render: (/** @type {any} */ row) => row.parents.join(", ") },
      { key: "keep", title: t("unused.keep"), render: (/** @type {any} */ row) => row.keep.join("; ") },
    ];
    const ids = rows.map(keyOf).filter((/** @type {string} */ key) => selection.selected.has(key)).map(Number);
    const some = h(kit.ActionButton, { size: "sm", variant: "primary", onClick: () => start({ tag_ids: ids }) }, t("unused.preview", { count: ids.length }));
    return h(
      React.Fragment,
      null,
      h("p", null, t("cleaning.text.unused")),
      h("div", { className: "sbk-toolbar" }, h(kit.ActionButton, { variant: "primary", icon: "faSearch", disabled: task.isActive || !rows.length, onClick: () => start() }, t("unused.preview.all"))),
      h(kit.TaskProgress, { task }),
      h(tagging.Listing, { found, items: "tags", columns, caption: t("cleaning.view.unused"), page, size: PAGE_SIZE, onPage: setPage, text, onText: setText, keyOf, selection, actions: ids.length > 0 && some, empty: h(kit.Empty, { icon: "faCheck", title: t(text ? "unused.none.found" : "cleaning.none.unused") }) }),
    );
  }

  Object.assign(tagging, { UnusedView });
})();
