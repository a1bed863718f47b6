// The parent tag of each category of a box, for imported tags.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;

  /** Chooses the parent tag of a category. @param {{category: any, onChoose: (id: number) => Promise<void>, onClose: () => void}} props */
  function CategoryDialog({ category, onChoose, onClose }) {
    const t = kit.useText();
    const [chosen, setChosen] = useState(/** @type {any} */ (null));
    return h(
      kit.ConfirmDialog,
      { title: t("mappings.choose.title", { name: category.name }), confirmText: t("words.save"), canConfirm: chosen !== null, onConfirm: () => onChoose(chosen.id), onClose },
      h(tagging.Chooser, { id: "tm-category-tag", label: t("mappings.tag"), find: tagging.findLocalTags, chosen, onChoose: setChosen }),
    );
  }

  /** The categories and groups of a box with their parent tags. @param {{box: any, boxes: any}} props */
  function Categories({ box, boxes }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [edited, setEdited] = useState(/** @type {any} */ (null));
    const found = kit.useLoad(`categories:${box.endpoint}`, (signal) => ui.operation("categories", { endpoint: box.endpoint }, { signal }));
    const map = async (/** @type {any} */ category, /** @type {number | null} */ tag) => found.setData(await ui.operation("category_map", { endpoint: box.endpoint, category_id: category.id, tag_id: tag }));
    const columns = [
      { key: "name", title: t("mappings.category") },
      { key: "tags", title: t("mappings.tags") },
      { key: "mapped", title: t("mappings.tag"), render: (/** @type {any} */ row) => (row.mapped ? h(ReactRouterDOM.Link, { to: `/tags/${row.mapped.id}` }, row.mapped.name) : h("span", { className: "text-muted" }, t("mappings.default"))) },
      {
        key: "do",
        title: "",
        render: (/** @type {any} */ row) =>
          h(
            "div",
            { className: "sbk-actions tm-tight" },
            h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": t("mappings.choose.one", { name: row.name }), onClick: () => setEdited(row) }, t("mappings.choose")),
            row.mapped && h(kit.ActionButton, { size: "sm", "aria-label": t("mappings.remove.one", { name: row.name }), onClick: () => map(row, null) }, t("words.remove")),
          ),
      },
    ];
    const { categories, groups, notices, leave_alone: isOff } = found.data || { categories: [], groups: [], notices: [], leave_alone: false };
    const rows = [...categories, ...groups.map((/** @type {any} */ group) => ({ ...group, name: t("mappings.group", { name: group.name }) }))];
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-filters" }, h(tagging.BoxPicker, { boxes })),
      isOff && h(kit.Notice, { level: "info" }, t("mappings.off")),
      notices.map((/** @type {string} */ notice) => h(kit.Notice, { key: notice, level: "warning" }, notice)),
      (found.error || !found.data) && h(kit.Pending, { load: found }),
      found.data && h(kit.Table, { caption: t("mappings.title"), columns, rows, keyOf: (/** @type {any} */ row) => row.id, empty: h("p", null, t("mappings.none")) }),
      edited && h(CategoryDialog, { category: edited, onChoose: (/** @type {number} */ id) => map(edited, id), onClose: () => setEdited(null) }),
    );
  }

  function Mappings() {
    const t = kit.useText();
    const boxes = tagging.useBoxes();
    return h(
      tagging.WordsSection,
      { title: t("mappings.title") },
      h("p", { className: "text-muted" }, t("mappings.text")),
      h(tagging.WithBox, { boxes }, boxes.box && h(Categories, { key: boxes.box.endpoint, box: boxes.box, boxes })),
    );
  }

  Object.assign(tagging, { Mappings });
})();
