// The Import tab: choose categories or tags of a box to import, and the parent tag of each category.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;

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

  /** What is chosen, and the button that plans the import; it stays in view. @param {{data: any, selection: any, onPlan: () => Promise<void>, children?: any}} props */
  function ImportBar({ data, selection, onPlan, children }) {
    const t = kit.useText();
    const count = selection.selected.size;
    const lacking = tagging.countLacking(data.categories, selection.selected);
    return h(
      "div",
      { className: "sbk-sticky tm-import-bar" },
      h(kit.ActionButton, { variant: "primary", icon: "faFileImport", onClick: onPlan }, count ? t("import.chosen", { count }) : t("import.all")),
      h("span", { role: "status" }, data.categories.length > 0 && t("import.lacking", { count: lacking })),
      count > 0 && h(kit.ActionButton, { size: "sm", className: "minimal", onClick: async () => selection.clear() }, t("table.clear")),
      h("div", { className: "tm-import-ticks" }, children),
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
    const selection = kit.useSelection(data.categories.map((/** @type {any} */ one) => one.id));
    const close = () => setOpen(null);
    const plan = async (/** @type {any} */ args) => {
      const answer = await ui.operation("import_plan", { endpoint: box.endpoint, with_parents: parents.categories, with_groups: parents.groups, ...args });
      history.push({ pathname, search: `?plan=${answer.plan_id}`, state: { answer, endpoint: box.endpoint, box: box.name } });
    };
    const planChosen = () => plan(selection.selected.size ? { category_ids: [...selection.selected] } : {});
    const dialogs = /** @type {any} */ ({
      parent: () => h(tagging.ParentDialog, { category: open.category, box, onClose: close, onDone: reload }),
      browse: () => h(tagging.BrowseDialog, { category: open.category, box, plan, onClose: close }),
    });
    return h(
      React.Fragment,
      null,
      data.notices.map((/** @type {string} */ notice) => h(kit.Notice, { key: notice, level: "warning" }, notice)),
      box.fetched_at && h(ImportBar, { data, selection, onPlan: planChosen }, h(ParentTicks, { data, parents, setParents })),
      data.categories.length
        ? h(tagging.CategoryCards, { data, selection, withParents: parents.categories, withGroups: parents.categories && parents.groups, onOpen: setOpen })
        : h(kit.Empty, { icon: "faTags", title: t(box.fetched_at ? "import.none" : "tags.never"), text: t(box.fetched_at ? "import.none.text" : "tags.never.text") }),
      open && dialogs[open.kind](),
    );
  }

  /** Loads and shows the categories of the chosen box. @param {{boxes: any}} props */
  function ImportCategories({ boxes }) {
    const ui = kit.useUi();
    const { box } = boxes;
    const found = kit.useLoad(`categories:${box.endpoint}`, (signal) => ui.operation("categories", { endpoint: box.endpoint }, { signal }));
    const [wasLoaded, setLoaded] = useState(false);
    const isListComing = tagging.isListDue(box) && !wasLoaded;
    const refreshed = () => (setLoaded(true), boxes.reload(), found.reload());
    return h(
      React.Fragment,
      null,
      h(tagging.RefreshButton, { box, onDone: refreshed }, h(tagging.BoxPicker, { boxes })),
      (found.error || !found.data || isListComing) && h(kit.Pending, { load: found, shape: "cards" }),
      found.data && !isListComing && h(Categories, { key: box.endpoint, data: found.data, box, reload: found.reload }),
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
