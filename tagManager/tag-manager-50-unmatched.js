// Tags of the boxes that no tag of the library stands for, by how many scenes would gain.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useState } = React;
  const PAGE_SIZE = 25;

  /** @param {{rows: any[], onDone: () => void}} props */
  function Actions({ rows, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [planId, setPlanId] = useState(/** @type {string | null} */ (null));
    const create = async () => {
      const answer = await ui.operation("import_plan", { endpoint: rows[0].endpoint, remote_ids: rows.map((row) => row.id) });
      setPlanId(String(answer.plan_id));
    };
    const ignore = async () => {
      await ui.operation("blacklist_add", { names: rows.map((row) => row.name) });
      kit.toast.success(t("unmatched.ignored", { count: rows.length }));
      onDone();
    };
    const close = () => {
      setPlanId(null);
      onDone();
    };
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", variant: "primary", onClick: create }, t("unmatched.create.many", { count: rows.length })),
      h(kit.ActionButton, { size: "sm", onClick: ignore }, t("unmatched.ignore")),
      planId && h(kit.Dialog, { title: t("unmatched.create.title"), onClose: close, size: "xl" }, h(kit.PlanPanel, { planId })),
    );
  }

  /** @param {{box: any, boxes: any}} props */
  function UnmatchedTable({ box, boxes }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const args = { endpoint: box.endpoint, text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("sync_unmatched", args, { signal }));
    const rows = found.data ? found.data.unmatched : [];
    const keyOf = (/** @type {any} */ row) => row.id;
    const selection = kit.useSelection(rows.map(keyOf));
    const done = () => {
      selection.clear();
      found.reload();
    };
    const columns = [
      { key: "name", title: t("unmatched.name"), render: (/** @type {any} */ row) => h("a", { href: row.url, target: "_blank", rel: "noopener noreferrer" }, row.name) },
      { key: "scenes", title: t("unmatched.scenes"), render: (/** @type {any} */ row) => `+${row.scenes}` },
      { key: "category", title: "", render: (/** @type {any} */ row) => (row.category ? row.category.name || row.category : "") },
    ];
    const chosen = rows.filter((/** @type {any} */ row) => selection.selected.has(row.id));
    return h(
      React.Fragment,
      null,
      h("p", null, t("unmatched.text")),
      h("div", { className: "sbk-filters" }, h(tagging.BoxPicker, { boxes })),
      h(tagging.Listing, {
        found,
        items: "unmatched",
        columns,
        caption: t("tab.unmatched"),
        page,
        size: PAGE_SIZE,
        onPage: setPage,
        text,
        onText: setText,
        keyOf,
        selection,
        actions: chosen.length > 0 && h(Actions, { rows: chosen, onDone: done }),
        empty: h(kit.Empty, { icon: "faCheck", title: t("unmatched.none"), text: t("unmatched.none.text") }),
      }),
    );
  }

  function Unmatched() {
    const boxes = tagging.useBoxes();
    return h(tagging.WithBox, { boxes }, boxes.box && h(UnmatchedTable, { key: boxes.box.endpoint, box: boxes.box, boxes }));
  }

  Object.assign(tagging, { Unmatched });
})();
