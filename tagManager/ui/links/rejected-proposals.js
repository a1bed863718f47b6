// The view of rejected proposals, which can be allowed again.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const KEEPS = { keeps: true };

  /** The list of rejected proposals. @param {{tools: any, round: number}} props */
  function RejectedTable({ tools, round }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const args = { endpoint: tools.box.endpoint, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify({ ...args, round }), (signal) => ui.operation("rejected_list", args, { signal }), KEEPS);
    const takeBack = (/** @type {any} */ row) => async () => {
      await ui.operation("link_unreject", { tag_id: row.tag_id, endpoint: row.endpoint, remote_id: row.remote_id });
      tools.report(t("tags.taken_back", { name: row.tag || row.tag_id, remote: row.name }), null);
    };
    const columns = [
      { key: "tag", title: t("tags.name"), render: (/** @type {any} */ row) => (row.tag ? h(ReactRouterDOM.Link, { to: `/tags/${row.tag_id}` }, row.tag) : t("merge.gone")) },
      { key: "name", title: t("rejected.name") },
      { key: "added_at", title: t("history.when"), render: (/** @type {any} */ row) => kit.formatMoment(row.added_at, locale) },
      { key: "back", title: "", render: (/** @type {any} */ row) => h(kit.ActionButton, { size: "sm", icon: "faRotateLeft", onClick: takeBack(row) }, t("tags.take_back")) },
    ];
    const empty = h(kit.Empty, { title: t("rejected.none") });
    return h(
      React.Fragment,
      null,
      h("p", null, t("rejected.text")),
      h(tagging.Listing, { found, items: "rejected", columns, caption: t("tags.view.rejected"), page, size: PAGE_SIZE, onPage: setPage, keyOf: (/** @type {any} */ row) => `${row.tag_id}>${row.remote_id}`, empty }),
    );
  }

  Object.assign(tagging, { RejectedTable });
})();
