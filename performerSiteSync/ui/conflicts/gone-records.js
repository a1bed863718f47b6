// Links to records that their box deleted.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const LIST_SIZE = 25;

  /** Show the links whose record the box deleted, each with a button that removes it. */
  function GoneRecords() {
    const ui = kit.useUi();
    const t = kit.useText();
    const { found, pager } = performers.usePages("gone", {}, LIST_SIZE);
    const unlink = async (/** @type {any} */ row) => {
      const answer = await ui.operation("unlink", { kind: row.item.kind, id: row.item.id, endpoint: row.endpoint, remote_id: row.remote_id });
      kit.toast.success(`${t("gone.unlinked")} ${answer.message}`);
      performers.forgetEntities();
      found.reload();
    };
    const columns = [
      { key: "item", title: t("history.item"), render: (/** @type {any} */ row) => h(performers.EntityRow, { item: row.item }) },
      { key: "box", title: t("source.box") },
      { key: "remote_id", title: t("gone.id"), className: "sbk-value" },
      { key: "unlink", title: "", render: (/** @type {any} */ row) => h(kit.ActionButton, { size: "sm", "aria-label": `${t("gone.unlink")}: ${row.item.label}`, onClick: () => unlink(row) }, t("gone.unlink")) },
    ];
    const empty = h(kit.Empty, { icon: "faCircleCheck", title: t("gone.none") });
    const render = (/** @type {any} */ data) =>
      h(
        React.Fragment,
        null,
        h("p", { className: "text-muted" }, t("gone.text")),
        h(kit.Table, { caption: t("view.gone"), columns, rows: data.gone, keyOf: (/** @type {any} */ row) => `${row.item.kind} ${row.item.id} ${row.remote_id}`, empty }),
        pager,
      );
    return h(kit.Loaded, { load: found, children: render });
  }

  Object.assign(performers, { GoneRecords });
})();
