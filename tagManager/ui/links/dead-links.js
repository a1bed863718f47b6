// Dead links: their state, buttons that repair one, the list, and plans that repair all of them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useState } = React;
  const PAGE_SIZE = 25;
  const KEEPS = { keeps: true };

  /** Buttons for a dead link: link the successor, merge with the tag that has it, or remove the link. @param {{tag: any, dead: any, tools: any, rowKey: string}} props */
  function DeadButtons({ tag, dead, tools, rowKey }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { into } = dead;
    const holder = into && into.linked_to.find((/** @type {any} */ one) => one.id !== tag.id);
    const plan = (/** @type {string} */ action) => ui.operation("dead_plan", { entries: [{ tag_id: tag.id, endpoint: tools.box.endpoint, remote_id: dead.remote_id, action }] });
    const repair = (/** @type {string} */ action) => async () => {
      const { plan_id: planId } = await plan(action);
      const { run } = await ui.operation("plan_apply", { plan_id: planId });
      await tools.report(t(`dead.done.${action}`, { name: tag.name, remote: into ? into.name : "" }), run, null, rowKey);
    };
    const merge = async () => tools.review(t("dead.merge.title", { name: tag.name, other: holder.name }), (await plan("merge")).plan_id);
    return h(
      "div",
      { className: "tm-buttons" },
      into && !holder && h(kit.ActionButton, { size: "sm", variant: "primary", onClick: repair("relink") }, t("dead.relink", { name: into.name })),
      holder && h(kit.ActionButton, { size: "sm", variant: "danger", onClick: merge }, t("dead.merge", { name: holder.name })),
      h(kit.ActionButton, { size: "sm", onClick: repair("remove") }, t("dead.remove")),
    );
  }

  /** What became of the box tag of a dead link. @param {{dead: any}} props */
  function DeadState({ dead }) {
    const t = kit.useText();
    return h("span", { className: "text-warning" }, t(`tags.dead.${dead.state}`, { name: dead.into ? dead.into.name : "?" }));
  }

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
    const keyOf = (/** @type {any} */ row) => `${row.tag.id}>${row.remote_id}`;
    const rows = found.data ? found.data.dead : [];
    const own = tagging.useReport(rows.map(keyOf), tools.reload);
    const { clear } = own;
    useEffect(clear, [found.data, clear]);
    const repair = (/** @type {any} */ row) =>
      own.outcomes[keyOf(row)] ? h(tagging.RowOutcome, { text: own.outcomes[keyOf(row)] }) : h("div", { ref: own.rowRef(keyOf(row)) }, h(DeadButtons, { tag: row.tag, dead: row, tools: { ...tools, ...own }, rowKey: keyOf(row) }));
    const columns = [
      { key: "tag", title: t("tags.name"), render: (/** @type {any} */ row) => h(ReactRouterDOM.Link, { to: `/tags/${row.tag.id}` }, row.tag.name) },
      { key: "state", title: t("tags.link"), render: (/** @type {any} */ row) => h(React.Fragment, null, h(DeadState, { dead: row }), h("div", { className: "text-muted small" }, t("dead.seen", { moment: kit.formatMoment(row.checked_at, locale) }))) },
      { key: "into", title: t("dead.into"), render: (/** @type {any} */ row) => row.into && h(tagging.RemoteName, { remote: row.into }) },
      { key: "repair", title: "", render: repair },
    ];
    const empty = h(kit.Empty, { icon: "faCheck", title: t("dead.none"), text: t("dead.none.text") });
    return h(
      React.Fragment,
      null,
      h("p", null, t("dead.text")),
      h(tagging.LastAction, { action: own.last, onDismiss: own.dismiss, onUndone: tools.reload }),
      found.data && found.data.count > 0 && h(DeadToolbar, { tools }),
      h(tagging.Listing, { found, items: "dead", columns, caption: t("tags.view.dead"), page, size: PAGE_SIZE, onPage: setPage, keyOf, empty }),
    );
  }

  Object.assign(tagging, { DeadTable, DeadButtons, DeadState });
})();
