// The Links tab: the library's tags with their links and proposals at one box.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useRef, useState } = React;
  const VIEWS = ["unlinked", "exact", "similar", "linked", "all", "conflicts", "dead", "rejected"];
  const SPECIAL = ["dead", "rejected"];
  const SIZES = ["25", "50", "100", "200"];
  const KEEPS = { keeps: true };

  /** A tag's name, aliases and links at other boxes. @param {{tag: any, tools: any}} props */
  function TagCell({ tag, tools }) {
    const t = kit.useText();
    const others = tag.links.filter((/** @type {any} */ link) => link.endpoint !== tools.box.endpoint);
    const nameOf = (/** @type {any} */ link) => (tools.boxes.find((/** @type {any} */ box) => box.endpoint === link.endpoint) || { name: tagging.changesCore.hostOf(link.endpoint) }).name;
    return h(
      React.Fragment,
      null,
      h(ReactRouterDOM.Link, { to: `/tags/${tag.id}` }, tag.name),
      tag.aliases.length > 0 && h("div", { className: "text-muted small" }, tag.aliases.join(", ")),
      others.length > 0 && h("div", { className: "small" }, t("tags.other_links", { names: others.map(nameOf).join(", ") })),
    );
  }

  /** The table of tags with its pages and sorting. @param {{tools: any, found: StashBundle.Loaded, list: any}} props */
  function TagTable({ tools, found, list }) {
    const t = kit.useText();
    const { query, setQuery } = list;
    const columns = [
      { key: "name", title: t("tags.name"), sortable: true, className: "tm-tag", render: (/** @type {any} */ tag) => h(TagCell, { tag, tools }) },
      { key: "scenes_count", title: t("tags.scenes"), sortable: true, className: "tm-number", render: (/** @type {any} */ tag) => tag.scenes },
      { key: "link", title: t("sync.remote"), render: (/** @type {any} */ tag) => h(tagging.LinkCell, { tag, tools }) },
    ];
    return h(tagging.Listing, {
      found,
      items: "tags",
      columns,
      caption: t("tab.tags"),
      page: query.page,
      size: found.data ? found.data.page_size : 25,
      onPage: (/** @type {number} */ page) => setQuery({ ...query, page }),
      keyOf: (/** @type {any} */ tag) => String(tag.id),
      empty: h(kit.Empty, { icon: "faCheck", title: t("tags.none"), text: query.text ? undefined : t(`tags.none.${query.view}`) }),
      sort: { key: query.sort, descending: query.direction === "DESC" },
      onSort: (/** @type {any} */ sort) => setQuery({ ...query, page: 1, sort: sort.key, direction: sort.descending ? "DESC" : "ASC" }),
    });
  }

  /** The views with the number of tags in each, as far as it is known. @param {{list: any, figures: any}} props */
  function ViewChoice({ list, figures }) {
    const t = kit.useText();
    const number = kit.useNumber();
    const { query, setQuery } = list;
    const counts = tagging.countViews(figures);
    const text = (/** @type {string} */ view) => h(React.Fragment, null, t(`tags.view.${view}`), view in counts && h("span", { className: "tm-view-count" }, counts[view] === null ? "–" : number(counts[view])));
    return h(kit.Views, { label: t("tags.view"), views: VIEWS.map((key) => ({ key, text: text(key) })), open: query.view, onOpen: (/** @type {string} */ view) => setQuery({ ...query, view, page: 1 }) });
  }

  /** Search, order and page size of the list; the page size is saved as a setting. @param {{list: any, size: number}} props */
  function Filters({ list, size }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { query, setQuery } = list;
    const saving = kit.useAction((/** @type {number} */ pageSize) => ui.operation("settings_save", { values: { pageSize } }));
    const resize = (/** @type {string} */ value) => {
      setQuery({ ...query, page: 1, page_size: Number(value) });
      void saving.run(Number(value));
    };
    const sizes = SIZES.includes(String(size)) ? SIZES : [String(size), ...SIZES];
    const sorts = ["name", "scenes_count", "updated_at", "created_at"].map((value) => ({ value, label: t(`tags.sort.${value}`) }));
    return h(
      "div",
      { className: "sbk-filters" },
      h(kit.Field, { id: "tm-search-tags", label: t("search"), type: "search", value: query.text, onChange: (/** @type {string} */ text) => setQuery({ ...query, text, page: 1 }) }),
      h(kit.Picker, { id: "tm-tags-sort", label: t("tags.sort"), value: query.sort, choices: sorts, onChange: (/** @type {string} */ sort) => setQuery({ ...query, sort, direction: sort === "name" ? "ASC" : "DESC", page: 1 }) }),
      h(kit.Picker, { id: "tm-tags-size", label: t("tags.size"), value: String(size), choices: sizes.map((value) => ({ value, label: value })), onChange: resize }),
    );
  }

  /** The open dialog and the decided rows, with the functions that rows call: `report` an action, `compare`, `search`, `review` a plan. @param {{box: any, boxes: any[], order: string[], reload: () => void}} list */
  function useTools({ box, boxes, order, reload }) {
    const [open, setOpen] = useState(/** @type {any} */ (null));
    const close = () => setOpen(null);
    return {
      box,
      boxes,
      open,
      close,
      reload,
      ...tagging.useReport(order, reload),
      compare: (/** @type {any} */ tag, /** @type {any} */ remote) => setOpen({ kind: "compare", tag, remote }),
      search: (/** @type {any} */ tag) => setOpen({ kind: "search", tag }),
      review: (/** @type {string} */ title, /** @type {any} */ planId, /** @type {any} */ note) => setOpen({ kind: "review", title, planId, note }),
    };
  }

  /** The dialog that a row or button opened. @param {{tools: any}} props */
  function OpenDialog({ tools }) {
    const { open, close, reload, box } = tools;
    const t = kit.useText();
    if (!open) return null;
    const after = () => (close(), tagging.forgetPages(), reload());
    if (open.kind === "search") return h(tagging.SearchDialog, { tag: open.tag, tools, onClose: close });
    if (open.kind === "compare") return h(tagging.MergeDialog, { tagId: open.tag.id, remote: open.remote, box: box.name, onClose: close, onDone: after });
    const note = open.note && h("p", { className: "text-muted" }, open.note);
    return h(tagging.PlanDialog, { title: open.title || t("tab.tags"), planId: open.planId, onClose: (/** @type {boolean} */ isApplied) => (isApplied ? after() : close()) }, note);
  }

  /** Says that only one tag is listed, the one whose page linked here, with a button for all. @param {{tag: any, onAll: () => void}} props */
  function OneTagNotice({ tag, onAll }) {
    const t = kit.useText();
    return h(kit.Notice, { level: "info" }, tag ? t("tags.only", { name: tag.name }) : t("merge.gone"), h("div", { className: "sbk-actions" }, h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: onAll }, t("tags.only.all"))));
  }

  const START = { view: "unlinked", text: "", sort: "name", direction: "ASC", page: 1 };

  /** Returns what the list shows first: view and box of the address, as the Overview tab links to them. @param {URLSearchParams} asked */
  function readStart(asked) {
    const view = asked.get("view") || "";
    const endpoint = asked.get("box");
    return { ...START, ...(VIEWS.includes(view) ? { view } : {}), ...(endpoint ? { endpoint } : {}) };
  }

  /** Returns the boxes of an answer, the chosen one, and the keys of the rows that keep their place when they are decided. @param {any} data @param {string | undefined} endpoint @param {string | null} only */
  function readList(data, endpoint, only) {
    const { boxes, box, tags } = data || { boxes: [], box: null, tags: [] };
    return {
      boxes,
      box: boxes.find((/** @type {any} */ one) => one.endpoint === endpoint) || box,
      order: only ? [] : tags.map((/** @type {any} */ tag) => String(tag.id)),
    };
  }

  /** Loads the list in one request; views that load their own list keep the previous answer. @param {any} query @param {string | null} only @param {number} round */
  function useTags(query, only, round) {
    const ui = kit.useUi();
    const last = useRef(/** @type {any} */ (null));
    const ask = async (/** @type {AbortSignal} */ signal) => {
      const { endpoint } = query;
      if (!only && SPECIAL.includes(query.view) && last.current) return last.current;
      const args = SPECIAL.includes(query.view) ? { ...START, endpoint } : query;
      if (!only) return ui.operation("tags_list", args, { signal });
      const { tag, boxes, box } = await ui.operation("tag_show", { tag_id: only, endpoint }, { signal });
      return { tags: tag ? [tag] : [], count: tag ? 1 : 0, page: 1, page_size: 25, boxes, box };
    };
    const found = kit.useLoad(JSON.stringify({ ...query, only, round }), ask, KEEPS);
    last.current = found.data;
    return found;
  }

  /** The tab when a tag's page linked here: this tag only. @param {{found: StashBundle.Loaded, tools: any, list: any}} props */
  function OneTagView({ found, tools, list }) {
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    return h(
      React.Fragment,
      null,
      h(OneTagNotice, { tag: found.data.tags[0], onAll: () => history.push({ pathname }) }),
      h(tagging.RefreshButton, { box: tools.box, onDone: tools.reload }, h(tagging.BoxPicker, { boxes: list.boxes })),
      h(tagging.LastAction, { action: tools.last, onDismiss: tools.dismiss, onUndone: tools.reload }),
      h(TagTable, { tools, found, list }),
    );
  }

  /** The tab with all its views. The figures come after the list, so that the first rows do not wait for them. @param {{found: StashBundle.Loaded, tools: any, list: any}} props */
  function ListView({ found, tools, list }) {
    const ui = kit.useUi();
    const { query, round } = list;
    const { endpoint, fetched_at: fetchedAt } = tools.box;
    const figures = kit.useLoad(JSON.stringify({ endpoint, fetchedAt, round }), (signal) => ui.operation("match_figures", { endpoint }, { signal }), KEEPS);
    const isSpecial = SPECIAL.includes(query.view);
    const Special = query.view === "dead" ? tagging.DeadTable : tagging.RejectedTable;
    return h(
      React.Fragment,
      null,
      h(tagging.RefreshButton, { box: tools.box, onDone: tools.reload }, h(tagging.BoxPicker, { boxes: list.boxes }), h(tagging.ExactButton, { tools, variant: figures.data && figures.data.exact ? "primary" : "secondary" }), h(tagging.BackfillButton, { tools })),
      h(ViewChoice, { list, figures: fetchedAt ? figures.data : null }),
      !isSpecial && h(Filters, { list, size: query.page_size || found.data.page_size }),
      h(tagging.LastAction, { action: tools.last, onDismiss: tools.dismiss, onUndone: tools.reload }),
      isSpecial ? h(Special, { key: `${query.view}${endpoint}`, tools, round }) : h(TagTable, { tools, found, list }),
    );
  }

  function Tags() {
    const asked = new URLSearchParams(ReactRouterDOM.useLocation().search);
    const only = asked.get("tag");
    const [query, setQuery] = useState(/** @type {any} */ (readStart(asked)));
    const [round, setRound] = useState(0);
    const found = useTags(query, only, round);
    const { boxes, box, order } = readList(found.data, query.endpoint, only);
    const tools = useTools({ box, boxes, order, reload: () => setRound((/** @type {number} */ one) => one + 1) });
    const { clear } = tools;
    useEffect(clear, [found.data, clear]);
    if (!found.data) return h(kit.Pending, { load: found, shape: "table" });
    if (!box) return h(kit.NoBoxes, { text: found.data.message });
    const choose = (/** @type {string} */ endpoint) => setQuery({ ...query, endpoint, page: 1 });
    const list = { query, setQuery, round, boxes: { boxes, box, choose } };
    return h(
      React.Fragment,
      null,
      h(only ? OneTagView : ListView, { found, tools, list }),
      h(OpenDialog, { tools }),
    );
  }

  Object.assign(tagging, { Tags });
})();
