// The filters above a list. The backend applies them, so figures and pages stay right.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Show the input of one filter. @param {{filter: any, filters: Record<string, any>, onFilter: (name: string, value: unknown) => void}} props */
  function FilterInput({ filter, filters, onFilter }) {
    const t = kit.useText();
    const { name, input, choices, favorites } = filter;
    const label = t(favorites ? `filter.favorite.${favorites}` : `filter.${name}`);
    const props = { id: `ms-${name}`, label, onChange: (/** @type {unknown} */ value) => onFilter(name, value) };
    if (input === "switch") return h(kit.Tick, { ...props, isOn: Boolean(filters[name]) });
    const value = filters[name] || "";
    if (input === "choice") return h(kit.Picker, { ...props, value, choices: [{ value: "", label: t("filter.any") }, ...choices.map((/** @type {string} */ each) => ({ value: each, label: t(`gender.${each}`) }))] });
    return h(kit.Field, { ...props, value, type: input === "text" ? "search" : input, ...(input === "number" ? { min: 0 } : {}) });
  }

  /** Show the filters under "More filters". @param {{filters: Record<string, any>, onFilter: (name: string, value: unknown) => void}} props */
  function MoreFilters({ filters, onFilter }) {
    const inputs = missing.MORE_FILTERS.map((/** @type {any} */ filter) => h(FilterInput, { key: filter.name, filter, filters, onFilter }));
    return h("div", { className: "sbk-filters" }, inputs);
  }

  /** Show the choice of the box; nothing for a single box. @param {{entityType: string, boxes: any[], endpoint: string, onBox: (endpoint: string) => void}} props */
  function BoxPicker({ entityType, boxes, endpoint, onBox }) {
    const t = kit.useText();
    const offered = entityType in missing.OWN_FILTER ? boxes.filter((box) => box.is_linked) : boxes;
    if (offered.length < 2) return null;
    return h(kit.Picker, { id: "ms-box", label: t("filter.box"), value: endpoint, choices: offered.map((box) => ({ value: box.endpoint, label: box.name })), onChange: onBox });
  }

  /** @param {{sort: string, onSort: (sort: string) => void}} props */
  function SortPicker({ sort, onSort }) {
    const t = kit.useText();
    const choices = missing.SORTS.map((/** @type {string} */ value) => ({ value, label: t(`sort.${value}`) }));
    return h(kit.Picker, { id: "ms-sort", label: t("filter.sort"), value: sort, choices, onChange: onSort });
  }

  /**
   * Show the choice of box and order, and the filters.
   * @param {{entityType: string, state: any, boxes: any[], endpoint: string, sort?: string, onExcluded: () => void, children?: any}} props
   *   `state`: filters, order and how to change them; `sort`: the order is given; `children` come first
   */
  function FilterBar({ entityType, state, boxes, endpoint, sort, onExcluded, children }) {
    const t = kit.useText();
    const { filters, onFilter } = state;
    const count = missing.countMoreFilters(filters);
    const [isOpen, setOpen] = useState(count > 0);
    const hasFilters = Object.values(filters).some(Boolean);
    return h(
      "div",
      { role: "group", "aria-label": t("filter.label") },
      h(
        "div",
        { className: "sbk-filters" },
        children,
        h(BoxPicker, { entityType, boxes, endpoint, onBox: state.onBox }),
        !sort && h(SortPicker, { sort: state.sort, onSort: state.onSort }),
        missing.listFavoriteFilters(entityType).map((/** @type {any} */ filter) => h(FilterInput, { key: filter.name, filter, filters, onFilter })),
        entityType === "studio" && h(kit.Tick, { id: "ms-include_network", label: t("filter.network"), isOn: Boolean(filters.include_network), onChange: (/** @type {boolean} */ isOn) => onFilter("include_network", isOn) }),
        h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) }, t("filter.more"), count > 0 && h(Bootstrap.Badge, { variant: "primary", className: "ml-2" }, count)),
        h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: onExcluded }, h(kit.Icon, { name: "faTags" }), h("span", null, t("filter.excluded"))),
        hasFilters && h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: state.onClear }, t("filter.clear")),
      ),
      isOpen && h(MoreFilters, { filters, onFilter }),
    );
  }

  Object.assign(missing, { FilterBar });
})();
