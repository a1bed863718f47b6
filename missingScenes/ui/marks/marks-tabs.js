// The Wanted and the Ignored tab: lists of marked scenes with export.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const KEEPS = { keeps: true };
  const PAGE_SIZE = 24;
  const FORMATS = ["csv", "json", "links"];
  const SORTS = ["added", "date", "title"];

  /** Show the menu that saves the list as a file. @param {{list: string}} props */
  function ExportMenu({ list }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { run } = kit.useAction(async (/** @type {string} */ format) => kit.saveFile(await ui.operation("export_marked", { list, format })));
    const { Dropdown } = Bootstrap;
    return h(
      Dropdown,
      { className: "ms-export" },
      h(Dropdown.Toggle, { id: `ms-${list}-export`, size: "sm", variant: "secondary" }, h(kit.Icon, { name: "faFileExport" }), h("span", null, t("export"))),
      h(Dropdown.Menu, { className: "bg-secondary text-white" }, FORMATS.map((format) => h(Dropdown.Item, { key: format, as: "button", type: "button", className: "bg-secondary text-white", onClick: () => void run(format) }, t(`export.${format}`)))),
    );
  }

  /** Show how many wanted scenes of a box are in the library now, with a button that takes them off the list. @param {{scenes: any[], onDone: () => void}} props */
  function OwnedNotice({ scenes, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const owned = scenes.filter((scene) => scene.owned);
    if (!owned.length) return null;
    const takeOff = async () => {
      await missing.markScenes(ui, "wanted", false, owned[0].endpoint, owned);
      kit.toast.success(t("marked.removed", { count: owned.length }));
      onDone();
    };
    const button = h(kit.ActionButton, { size: "sm", icon: "faTimes", onClick: takeOff }, t("wanted.arrived.remove", { count: owned.length }));
    return h(kit.Notice, { level: "success", title: t("wanted.arrived", { count: owned.length }) }, h("div", { className: "sbk-actions" }, button));
  }

  /** Show the button that adds the whole list, not only the shown page. @param {{isBusy: boolean, endpoint: string, onAdd: (what: any) => void}} props */
  function AddWholeButton({ isBusy, endpoint, onAdd }) {
    const t = kit.useText();
    const whole = { scenes: [], plan: { endpoint, list: "wanted" } };
    return h(Bootstrap.Button, { size: "sm", variant: "secondary", disabled: isBusy, onClick: () => onAdd(whole) }, t("whisparr.add_wanted"));
  }

  /** Show the marked scenes of one box. @param {{scenes: any[], list: string, isPart: boolean, isOnly: boolean, onGone: () => void}} props `isPart`: the list has more pages */
  function MarkedGroup({ scenes, list, isPart, isOnly, onGone }) {
    const t = kit.useText();
    const { endpoint, box: name, url } = scenes[0];
    const box = { endpoint, name, url: missing.findOrigin(url), has_whisparr: list === "wanted" };
    const change = (/** @type {string[]} */ _ids, /** @type {any} */ part) => list in part && onGone(); // also when an undo brings it back
    return h(
      React.Fragment,
      null,
      !isOnly && h("h3", { className: "h5" }, name),
      list === "wanted" && h(OwnedNotice, { scenes, onDone: onGone }),
      h(missing.SceneGrid, {
        scenes,
        box,
        list,
        label: `${t(`tab.${list}`)}: ${name}`,
        onChange: change,
        onDrop: onGone,
        onStale: () => undefined,
        bar: isPart ? (/** @type {any} */ tools) => h(AddWholeButton, { ...tools, endpoint }) : undefined,
      }),
    );
  }

  /** @param {{list: string}} props */
  function MarkedList({ list }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const [sort, setSort] = useState(SORTS[0]);
    const args = { list, page, page_size: PAGE_SIZE, text, sort };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("list_marked", args, { signal }), KEEPS);
    const search = React.useCallback((/** @type {string} */ value) => {
      setText(value);
      setPage(1);
    }, []);
    const order = (/** @type {string} */ value) => {
      setSort(value);
      setPage(1);
    };
    const count = found.data ? found.data.count : 0;
    const isEmpty = Boolean(found.data) && !count && !text;
    kit.useLastPage(page, setPage, PAGE_SIZE, found.data && !found.isLoading ? count : undefined);
    return h(
      React.Fragment,
      null,
      !isEmpty &&
        h(
          "div",
          { className: "sbk-filters" },
          h(kit.Field, { id: `ms-${list}-text`, label: t("filter.text"), type: "search", value: text, onChange: search }),
          h(kit.Picker, { id: `ms-${list}-sort`, label: t("filter.sort"), value: sort, choices: SORTS.map((value) => ({ value, label: t(`marked.sort.${value}`) })), onChange: order }),
          count > 0 && h(ExportMenu, { list }),
        ),
      h(MarkedCards, { found, list, isSearch: text !== "", isPart: count > PAGE_SIZE }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: count, onPage: setPage }),
    );
  }

  /** @param {{found: any, list: string, isSearch: boolean, isPart: boolean}} props */
  function MarkedCards({ found, list, isSearch, isPart }) {
    const t = kit.useText();
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "cards" });
    const { scenes, count } = found.data;
    if (!count && isSearch) return h(kit.Empty, { icon: "faFilter", title: t("marked.no_match") });
    if (!count) return h(kit.Empty, { icon: list === "wanted" ? "faBookmark" : "faEyeSlash", title: t(`${list}.none`), text: t(`${list}.none.text`) }, list === "wanted" && h(kit.TabLink, { tab: "", variant: "primary" }, t("wanted.browse")));
    const groups = missing.groupByBox(scenes);
    return h(
      React.Fragment,
      null,
      groups.map((/** @type {any[]} */ some) => h(MarkedGroup, { key: some[0].endpoint, scenes: some, list, isPart, isOnly: groups.length === 1, onGone: found.reload })),
    );
  }

  function WantedTab() {
    return h(MarkedList, { list: "wanted" });
  }

  function IgnoredTab() {
    return h(MarkedList, { list: "ignored" });
  }

  Object.assign(missing, { WantedTab, IgnoredTab });
})();
