// The page of a plugin for the kit's tests: one page, one dialog, one task.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;

  const ui = kit.plugin({
    needs: [{ since: "0.30", what: "need.tags" }],
    words: {
      en: {
        "tab.work": "Work",
        "tab.plan": "Plan",
        "tab.broken": "Broken",
        "dialog.title": "A closer look at {kind} {id}",
        "need.tags": "Linked tags",
        "fruit.name": "Name",
        "fruit.size": "Size",
      },
    },
  });

  function Work() {
    const t = kit.useText();
    const [page, setPage] = React.useState(1);
    const [sort, setSort] = React.useState({ key: "name", descending: false });
    const list = kit.useLoad(`fruit:${page}:${JSON.stringify(sort)}`, (signal) => ui.operation("list_fruit", { page, sort }, { signal }), { keeps: true });
    const task = kit.useTask("count");
    const rows = list.data ? list.data.fruit : [];
    const selection = kit.useSelection(rows.map((row) => row.key));
    const columns = [
      { key: "name", title: t("fruit.name"), sortable: true },
      { key: "size", title: t("fruit.size") },
    ];
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { variant: "primary", onClick: () => task.start("Count Fruit", { steps: 3 }, "Counting fruit") }, "Count"),
        h(kit.ActionButton, { onClick: () => task.start("Count Fruit", { steps: 2, pause: 30 }, "Counting slowly") }, "Count slowly"),
        h(kit.ActionButton, { onClick: () => task.start("Count Fruit", { steps: 0, dies: true }, "Counting badly") }, "Count badly"),
        h(kit.ActionButton, { onClick: () => ui.operation("fail") }, "Fail"),
        h(kit.ActionButton, { onClick: () => kit.toast.success("Well done") }, "Praise"),
      ),
      h(kit.TaskProgress, { task }),
      list.error && h(kit.ErrorBox, { error: list.error, onRetry: list.reload }),
      !list.data && !list.error && h(kit.Loading),
      list.data &&
        h(kit.Table, {
          caption: "Fruit",
          columns,
          rows,
          keyOf: (row) => row.key,
          nameOf: (row) => row.name,
          selection,
          isBusy: list.isLoading,
          sort,
          onSort: setSort,
          actions: h("span", { className: "chosen" }, [...selection.selected].join(" ")),
        }),
      list.data && h(kit.Pager, { page, size: 10, total: list.data.count, onPage: setPage }),
      h(
        kit.CardGrid,
        { label: "Fruit cards" },
        rows.slice(0, 3).map((row) => h(kit.Card, { key: row.key, title: row.name, href: `https://example.invalid/${row.key}`, lines: [row.size] })),
      ),
    );
  }

  function Broken() {
    throw new Error("Broken on purpose");
  }

  function Look({ entity, onClose }) {
    const t = kit.useText();
    return h(
      kit.Dialog,
      { title: t("dialog.title", entity), onClose },
      h("p", { className: "looked-at" }, `${entity.kind} ${entity.id}`),
      h(Bootstrap.Form.Control, { className: "text-input", "aria-label": "Note" }),
      h(Bootstrap.Button, { variant: "secondary", className: "mt-3" }, "Last"),
    );
  }

  ui.addPage([
    { key: "work", title: "tab.work", component: Work },
    { key: "plan", title: "tab.plan", component: () => h(kit.PlanPanel, { planId: "7" }) },
    { key: "broken", title: "tab.broken", component: Broken },
  ]);
  ui.completeButton("look", { dialog: Look });
})();
