// The dialog that searches a box's tags for one to link.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useState } = React;
  const PAGE_SIZE = 10;

  /** Searches a box's tags for one to link; linking or comparing closes the dialog. @param {{tag: any, tools: any, onClose: () => void}} props */
  function SearchDialog({ tag, tools, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [text, setText] = useState(tag.name);
    const [page, setPage] = useState(1);
    const args = { endpoint: tools.box.endpoint, text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("remote_search", args, { signal }), { keeps: true });
    const closingTools = { ...tools, report: (/** @type {any[]} */ ...results) => (onClose(), tools.report(...results)), compare: (/** @type {any} */ one, /** @type {any} */ remote) => (onClose(), tools.compare(one, remote)) };
    const columns = [
      { key: "name", title: tools.box.name, render: (/** @type {any} */ row) => h(tagging.RemoteName, { remote: row }) },
      { key: "aliases", title: t("merge.aliases"), render: (/** @type {any} */ row) => row.aliases.join(", ") },
      { key: "linked_to", title: t("search.linked_to"), render: (/** @type {any} */ row) => row.linked_to.map((/** @type {any} */ one) => one.name).join(", ") },
      { key: "link", title: "", render: (/** @type {any} */ row) => h("div", { className: "tm-buttons" }, h(tagging.LinkButtons, { tag, remote: row, tools: closingTools })) },
    ];
    const isFetched = Boolean(tools.box.fetched_at);
    const empty = h(kit.Empty, isFetched ? { title: t("search.none"), text: t("search.none.text", { box: tools.box.name }) } : { title: t("tags.never"), text: t("tags.never.text") });
    return h(
      kit.Dialog,
      { title: t("search.title", { name: tag.name, box: tools.box.name }), onClose, size: "xl" },
      h(tagging.Listing, { found, items: "tags", columns, caption: tools.box.name, page, size: PAGE_SIZE, onPage: setPage, text, onText: setText, keyOf: (/** @type {any} */ row) => row.id, empty }),
    );
  }

  Object.assign(tagging, { SearchDialog });
})();
