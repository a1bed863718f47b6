// Two views of the Links tab: dead links, and rejected proposals.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const KEEPS = { keeps: true };

  /** Plans to remove or replace all dead links. @param {{tools: any}} props */
  function DeadToolbar({ tools }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const plan = (/** @type {string} */ action) => async () => {
      const { plan_id: planId, items } = await ui.operation("dead_plan", { endpoint: tools.box.endpoint, action });
      if (items) tools.review(t(`dead.all.${action}`), planId);
      else kit.toast.success(t("dead.all.none"));
    };
    return h(
      "div",
      { className: "sbk-toolbar" },
      ["merge", "relink", "remove"].map((action) => h(kit.ActionButton, { key: action, size: "sm", onClick: plan(action) }, `${t(`dead.all.${action}`)}…`)),
    );
  }

  /** The list of dead links at the chosen box. @param {{tools: any, round: number}} props */
  function DeadTable({ tools, round }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const args = { endpoint: tools.box.endpoint, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify({ ...args, round }), (signal) => ui.operation("dead_list", args, { signal }), KEEPS);
    const columns = [
      { key: "tag", title: t("tags.name"), render: (/** @type {any} */ row) => h(ReactRouterDOM.Link, { to: `/tags/${row.tag.id}` }, row.tag.name) },
      { key: "state", title: t("tags.link"), render: (/** @type {any} */ row) => h(React.Fragment, null, h(tagging.DeadState, { dead: row }), h("div", { className: "text-muted small" }, t("dead.seen", { moment: kit.formatMoment(row.checked_at, locale) }))) },
      { key: "into", title: t("dead.into"), render: (/** @type {any} */ row) => row.into && h(tagging.RemoteName, { remote: row.into }) },
      { key: "repair", title: "", render: (/** @type {any} */ row) => h(tagging.DeadButtons, { tag: row.tag, dead: row, tools }) },
    ];
    const empty = h(kit.Empty, { icon: "faCheck", title: t("dead.none"), text: t("dead.none.text") });
    return h(
      React.Fragment,
      null,
      h("p", null, t("dead.text")),
      found.data && found.data.count > 0 && h(DeadToolbar, { tools }),
      h(tagging.Listing, { found, items: "dead", columns, caption: t("tags.view.dead"), page, size: PAGE_SIZE, onPage: setPage, keyOf: (/** @type {any} */ row) => `${row.tag.id}>${row.remote_id}`, empty }),
    );
  }

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

  Object.assign(tagging, { DeadTable, RejectedTable });
})();
