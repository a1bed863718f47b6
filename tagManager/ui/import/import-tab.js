// The Import tab: choose categories or tags of a box to import, and the parent tag of each category.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;

  /** Chooses the parent tag for a category of the box. @param {{category: any, box: any, onClose: () => void, onDone: () => void}} props */
  function ParentDialog({ category, box, onClose, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [chosen, setChosen] = useState(category.mapped);
    const save = async (/** @type {any} */ tag) => {
      await ui.operation("category_map", { endpoint: box.endpoint, category_id: category.id, tag_id: tag ? tag.id : null });
      onDone();
    };
    const forget = async () => (await save(null), onClose());
    return h(
      kit.ConfirmDialog,
      { title: t("import.parent.title", { name: category.name }), confirmText: t("import.parent.save"), canConfirm: Boolean(chosen), onConfirm: () => save(chosen), onClose },
      h("p", null, t("import.parent.text", { box: box.name })),
      h(tagging.Chooser, { id: "tm-parent", label: t("import.parent.tag"), find: tagging.findLocalTags, chosen, onChoose: setChosen }),
      category.mapped && h(kit.ActionButton, { size: "sm", onClick: forget }, t("import.parent.none")),
    );
  }

  /** The category's chosen parent tag, with a button that changes it. @param {{category: any, onChange: () => void}} props */
  function ParentCell({ category, onChange }) {
    const t = kit.useText();
    return h(
      "div",
      { className: "tm-buttons" },
      category.mapped ? h(ReactRouterDOM.Link, { to: `/tags/${category.mapped.id}` }, category.mapped.name) : h("span", { className: "text-muted" }, t("import.parent.auto")),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": t("import.parent.change.for", { name: category.name }), onClick: onChange }, t("import.parent.change")),
    );
  }

  /** Selects single tags of a category. @param {{category: any, box: any, plan: (args: any) => Promise<void>, onClose: () => void}} props */
  function BrowseDialog({ category, box, plan, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const args = { endpoint: box.endpoint, category_id: category.id, text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("remote_search", args, { signal }), { keeps: true });
    const rows = found.data ? found.data.tags : [];
    const selection = kit.useSelection(rows.map((/** @type {any} */ row) => row.id));
    const count = selection.selected.size;
    const columns = [
      { key: "name", title: t("import.conflict.tag"), render: (/** @type {any} */ row) => h(tagging.RemoteName, { remote: row }) },
      { key: "aliases", title: t("merge.aliases"), render: (/** @type {any} */ row) => row.aliases.join(", ") },
      { key: "linked_to", title: t("search.linked_to"), render: (/** @type {any} */ row) => row.linked_to.map((/** @type {any} */ one) => one.name).join(", ") },
    ];
    const actions = h(kit.ActionButton, { size: "sm", variant: "primary", onClick: () => plan({ remote_ids: [...selection.selected] }) }, t("import.chosen_tags", { count }));
    return h(
      kit.Dialog,
      { title: t("import.browse.title", { name: category.name, box: box.name }), onClose, size: "xl" },
      h(tagging.Listing, { found, items: "tags", columns, caption: category.name, page, size: PAGE_SIZE, onPage: setPage, text, onText: setText, keyOf: (/** @type {any} */ row) => row.id, selection, actions, empty: h(kit.Empty, { title: t("search.none") }) }),
    );
  }

  /** Returns a stash-box's code for a group of categories as a word, "PEOPLE" as "People". @param {string} code */
  const nameGroup = (code) => code.charAt(0) + code.slice(1).toLowerCase();

  /** How many of the category's tags the library has. @param {{category: any}} props */
  function HaveBar({ category }) {
    const t = kit.useText();
    const { linked, tags, name } = category;
    return h(React.Fragment, null, h(kit.ShareBar, { share: kit.toPercent(linked, tags), label: `${t("import.linked")}: ${name}`, level: linked === tags ? "success" : "" }), h("small", { className: "text-muted" }, t("import.have.of", { count: linked, total: tags })));
  }

  /** The categories to import, each with its parent tag. @param {{data: any, box: any, withParents: boolean, plan: (args: any) => Promise<void>, onOpen: (open: any) => void}} props */
  function CategoryTable({ data, box, withParents, plan, onOpen }) {
    const t = kit.useText();
    const rows = data.categories;
    const selection = kit.useSelection(rows.map((/** @type {any} */ row) => row.id));
    const count = selection.selected.size;
    const columns = [
      { key: "name", title: t("import.category"), render: (/** @type {any} */ row) => h(React.Fragment, null, row.name, row.description && h("div", { className: "text-muted small" }, row.description)) },
      { key: "group", title: t("import.group"), render: (/** @type {any} */ row) => nameGroup(row.group) },
      { key: "have", title: t("import.linked"), className: "tm-have", render: (/** @type {any} */ row) => h(HaveBar, { category: row }) },
      { key: "parent", title: t("import.parent"), render: (/** @type {any} */ row) => h(ParentCell, { category: row, onChange: () => onOpen({ kind: "parent", category: row }) }) },
      { key: "browse", title: "", render: (/** @type {any} */ row) => h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": t("import.browse.for", { name: row.name }), onClick: () => onOpen({ kind: "browse", category: row }) }, t("import.browse")) },
    ];
    const actions = h(kit.ActionButton, { size: "sm", variant: "primary", onClick: () => plan({ category_ids: [...selection.selected] }) }, t("import.chosen", { count }));
    return h(kit.Table, {
      caption: t("tab.import"),
      columns: withParents ? columns : columns.filter((column) => column.key !== "parent"),
      rows,
      keyOf: (/** @type {any} */ row) => row.id,
      nameOf: (/** @type {any} */ row) => row.name,
      selection,
      actions,
      empty: h(kit.Empty, { icon: "faTags", title: t(box.fetched_at ? "import.none" : "tags.never"), text: t(box.fetched_at ? "import.none.text" : "tags.never.text") }),
    });
  }

  /** The box's groups of categories and their parent tags. @param {{groups: any[], onOpen: (open: any) => void}} props */
  function GroupTable({ groups, onOpen }) {
    const t = kit.useText();
    const columns = [
      { key: "name", title: t("import.group") },
      { key: "tags", title: t("import.tags") },
      { key: "parent", title: t("import.parent"), render: (/** @type {any} */ row) => h(ParentCell, { category: row, onChange: () => onOpen({ kind: "parent", category: row }) }) },
    ];
    return h(React.Fragment, null, h("h2", { className: "h5" }, t("import.groups")), h(kit.Table, { caption: t("import.groups"), columns, rows: groups, keyOf: (/** @type {any} */ row) => row.id }));
  }

  /** Switches for parent tags of categories and groups. @param {{data: any, parents: any, setParents: (parents: any) => void}} props */
  function ParentTicks({ data, parents, setParents }) {
    const t = kit.useText();
    return h(
      React.Fragment,
      null,
      h(kit.Tick, { id: "tm-import-parents", label: t("import.parents"), isOn: parents.categories, onChange: (/** @type {boolean} */ categories) => setParents({ ...parents, categories }) }),
      parents.categories && data.groups.length > 0 && h(kit.Tick, { id: "tm-import-groups", label: t("import.with_groups"), isOn: parents.groups, onChange: (/** @type {boolean} */ groups) => setParents({ ...parents, groups }) }),
      !parents.categories && h("span", { className: "text-muted" }, t("import.parents.off")),
    );
  }

  /** The choices of an import; planning one puts the plan's id into the address. @param {{data: any, box: any, reload: () => void}} props */
  function Categories({ data, box, reload }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    const [parents, setParents] = useState({ categories: !data.leave_alone, groups: data.with_groups });
    const [open, setOpen] = useState(/** @type {any} */ (null));
    const close = () => setOpen(null);
    const plan = async (/** @type {any} */ args) => {
      const answer = await ui.operation("import_plan", { endpoint: box.endpoint, with_parents: parents.categories, with_groups: parents.groups, ...args });
      history.push({ pathname, search: `?plan=${answer.plan_id}`, state: { answer, endpoint: box.endpoint, box: box.name } });
    };
    const dialogs = /** @type {any} */ ({
      parent: () => h(ParentDialog, { category: open.category, box, onClose: close, onDone: reload }),
      browse: () => h(BrowseDialog, { category: open.category, box, plan, onClose: close }),
    });
    return h(
      React.Fragment,
      null,
      data.notices.map((/** @type {string} */ notice) => h(kit.Notice, { key: notice, level: "warning" }, notice)),
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { size: "sm", icon: "faFileImport", onClick: () => plan({}), disabled: !box.fetched_at }, t("import.all")),
        h(ParentTicks, { data, parents, setParents }),
      ),
      h(CategoryTable, { data, box, withParents: parents.categories, plan, onOpen: setOpen }),
      parents.categories && parents.groups && data.groups.length > 0 && h(GroupTable, { groups: data.groups, onOpen: setOpen }),
      open && dialogs[open.kind](),
    );
  }

  /** Loads and shows the categories of the chosen box. @param {{boxes: any}} props */
  function ImportCategories({ boxes }) {
    const ui = kit.useUi();
    const { box } = boxes;
    const found = kit.useLoad(`categories:${box.endpoint}`, (signal) => ui.operation("categories", { endpoint: box.endpoint }, { signal }));
    const refreshed = () => (boxes.reload(), found.reload());
    return h(
      React.Fragment,
      null,
      boxes.boxes.length > 1 && h("div", { className: "sbk-filters" }, h(tagging.BoxPicker, { boxes })),
      h(tagging.RefreshButton, { box, onDone: refreshed }),
      (found.error || !found.data) && h(kit.Pending, { load: found, shape: "table" }),
      found.data && h(Categories, { key: box.endpoint, data: found.data, box, reload: found.reload }),
    );
  }

  /** The plan's id is in the address, so a reload keeps the plan and Back leads to the categories. */
  function Import() {
    const t = kit.useText();
    const boxes = tagging.useBoxes();
    const { pathname, search, state } = ReactRouterDOM.useLocation();
    const planId = new URLSearchParams(search).get("plan");
    if (!planId) return h(tagging.WithBox, { boxes }, boxes.box && h(ImportCategories, { boxes }));
    const isKnown = state && String(state.answer.plan_id) === planId;
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-toolbar" }, h(ReactRouterDOM.Link, { to: pathname, className: "btn btn-secondary" }, h(kit.Icon, { name: "faArrowLeft" }), h("span", null, t("import.back")))),
      isKnown ? h(tagging.ImportPlan, state) : h(kit.PlanPanel, { planId, onApplied: tagging.forgetPages }),
    );
  }

  Object.assign(tagging, { Import });
})();
