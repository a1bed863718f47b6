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
        "tab.figures": "Figures",
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

  const LOAD = { data: { open: 3 }, error: null, isLoading: false, reload: () => undefined };

  function Figures() {
    const rows = [
      { label: "Ada Sample", value: 80, text: "80 %", picture: "http://stash.invalid/performer/1/image", to: "/performers/1" },
      { label: "Bea Sample with a name that is longer than the room for it", value: 0, text: "0 %", picture: null, to: "/performers/2" },
    ];
    const stacks = [{ label: "Country", values: [3, 5], total: 10 }, { label: "Born", values: [0, 0], total: 10 }];
    const days = { "2026-03-01": [3, 1], "2026-03-02": [0, 0], "2026-03-03": [8, 0] };
    const outages = [{ since: "2026-03-02T08:00:00Z", until: "2026-03-02T20:00:00Z" }];
    const tiles = (data) => [
      { figure: data.open, label: "Open conflicts", level: "warning", tab: "work" },
      { figure: "1,250", label: "Scenes", text: "12 of them new", icon: "faFilm", to: "/scenes" },
      { figure: "64 %", label: "Complete", share: 64 },
    ];
    const growth = ["2026-01", "2026-02", "2026-03"].map((label, index) => ({ label, value: 10 + index * index * 7 }));
    return h(
      React.Fragment,
      null,
      h(kit.TileRow, { label: "Overview", load: LOAD, count: 3, children: tiles }),
      h(kit.StartPage, { title: "Welcome", text: "One step is missing.", found: [{ label: "StashDB", text: "signed in" }], missing: [{ label: "Plex" }] }, h(Bootstrap.Button, { variant: "primary" }, "Connect Plex")),
      h(kit.Bars, { title: "Completeness", rows, top: 100 }),
      h(kit.StackedBars, { title: "Coverage", names: ["StashDB", "FansDB"], rows: stacks }),
      h(kit.DayColumns, { title: "Sent per day", names: ["Sent", "Failed"], days, outages, outageName: "Plex away" }),
      h(kit.Distribution, { title: "Tenths", unit: "performers", groups: kit.countTenths([5, 12, 55, 100]) }),
      h(kit.GrowthLine, { title: "Growth", unit: "scenes", points: growth }),
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
      h(kit.ActionButton, { className: "mt-3", onClick: () => kit.toast.undo("Marked", () => kit.toast.success("Not marked any more")) }, "Mark"),
      h(Bootstrap.Button, { variant: "secondary", className: "mt-3" }, "Last"),
    );
  }

  ui.addPage([
    { key: "work", title: "tab.work", component: Work },
    { key: "plan", title: "tab.plan", component: () => h(kit.PlanPanel, { planId: "7" }) },
    { key: "broken", title: "tab.broken", component: Broken },
    { key: "figures", title: "tab.figures", component: Figures },
  ]);
  ui.completeButton("look", { dialog: Look });
})();
