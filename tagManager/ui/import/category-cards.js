// The categories of a stash-box as cards, under the names of their groups: what the library has of each, and what an import adds.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, h } = kit;
  const { Bootstrap } = kit.api.libraries;

  /** Which tag becomes the parent, with a button that changes it; `name` is the tag's name if none was chosen. @param {{of: any, onChange: () => void}} props */
  function ParentLine({ of, onChange }) {
    const t = kit.useText();
    return h(
      Bootstrap.Button,
      { size: "sm", className: "minimal tm-parent", title: t("import.parent.change.for", { name: of.name }), "aria-label": `${t("import.parent.is", { name: of.mapped ? of.mapped.name : of.name })}: ${t("import.parent.change.for", { name: of.name })}`, onClick: onChange },
      h(kit.Icon, { name: "faSitemap" }),
      h("span", null, t("import.parent.is", { name: of.mapped ? of.mapped.name : of.name })),
    );
  }

  /** One category: a ring of what the library has, the numbers, its parent tag, and its tags to choose from. @param {any} props */
  function CategoryCard({ category, selection, withParents, onOpen }) {
    const t = kit.useText();
    const { id, name, description, linked, tags } = category;
    const isWhole = linked >= tags;
    const isOn = selection.selected.has(id);
    const select = (/** @type {boolean} */ on, /** @type {boolean} */ isRange = false) => selection.change(id, on, isRange);
    return h(
      "article",
      { className: `card tm-category ${isOn ? "sbk-selected" : ""}`, "aria-label": name },
      h(
        "div",
        { className: "tm-category-head", onClick: (/** @type {any} */ event) => event.target.tagName !== "INPUT" && select(!isOn, event.shiftKey) },
        h(kit.SelectBox, { label: t("table.select", { name }), isOn, onChange: select }),
        h(
          "div",
          { className: "tm-category-name" },
          h("h3", { className: "h6 mb-0" }, name),
          h("div", { className: `small ${isWhole ? "text-success" : "text-muted"}` }, isWhole ? t("import.whole", { count: tags }) : t("import.have.of", { count: linked, total: tags })),
        ),
        h(kit.Ring, { share: kit.toPercent(linked, tags), label: `${t("import.linked")}: ${name}` }),
      ),
      description && h("p", { className: "text-muted small tm-lines", title: description }, description),
      h(
        "div",
        { className: "tm-category-foot" },
        withParents && h(ParentLine, { of: category, onChange: () => onOpen({ kind: "parent", category }) }),
        h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": t("import.browse.for", { name }), onClick: () => onOpen({ kind: "browse", category }) }, t("import.browse")),
      ),
    );
  }

  /** A group's categories under its name; with `withGroups`, the group has a parent tag, too. @param {any} props */
  function CategoryGroup({ group, categories, withGroups, ...card }) {
    const { onOpen } = card;
    return h(
      "section",
      { className: "tm-category-group", "aria-label": group ? group.name : undefined },
      group && h("div", { className: "tm-category-title" }, h("h2", { className: "h5 mb-0" }, group.name), withGroups && h(ParentLine, { of: group, onChange: () => onOpen({ kind: "parent", category: group }) })),
      h("div", { className: "tm-categories" }, categories.map((/** @type {any} */ category) => h(CategoryCard, { key: category.id, category, ...card }))),
    );
  }

  /** All categories of the box by group, those without a group last. @param {{data: any, selection: any, withParents: boolean, withGroups: boolean, onOpen: (open: any) => void}} props */
  function CategoryCards({ data, ...rest }) {
    return tagging.groupCategories(data).map((/** @type {any} */ one) => h(CategoryGroup, { key: one.group ? one.group.id : "", ...one, ...rest }));
  }

  Object.assign(tagging, { CategoryCards });
})();
