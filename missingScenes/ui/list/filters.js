// The filters above a list. The backend applies them, so figures and pages stay right.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const GENDERS = ["FEMALE", "MALE", "TRANSGENDER_FEMALE", "TRANSGENDER_MALE", "INTERSEX", "NON_BINARY"];

  /** A tick for one filter. @param {{name: string, label: string, filters: Record<string, any>, onFilter: (name: string, value: unknown) => void}} props */
  function FilterTick({ name, label, filters, onFilter }) {
    return h(kit.Tick, { id: `ms-${name}`, label, isOn: Boolean(filters[name]), onChange: (/** @type {boolean} */ isOn) => onFilter(name, isOn) });
  }

  /** The filters most people do not need. @param {{filters: Record<string, any>, onFilter: (name: string, value: unknown) => void}} props */
  function MoreFilters({ filters, onFilter }) {
    const t = kit.useText();
    const field = (/** @type {string} */ name, /** @type {any} */ rest) =>
      h(kit.Field, { key: name, id: `ms-${name}`, label: t(`filter.${name}`), value: filters[name] || "", onChange: (/** @type {string} */ value) => onFilter(name, value), ...rest });
    const genders = [{ value: "", label: t("filter.any") }, ...GENDERS.map((value) => ({ value, label: t(`gender.${value}`) }))];
    return h(
      "div",
      { className: "sbk-filters" },
      field("text", { type: "search" }),
      field("date_from", { type: "date" }),
      field("date_to", { type: "date" }),
      field("min_minutes", { type: "number", min: 0 }),
      field("max_minutes", { type: "number", min: 0 }),
      field("min_performers", { type: "number", min: 0 }),
      field("max_performers", { type: "number", min: 0 }),
      h(kit.Picker, { id: "ms-gender", label: t("filter.performer_gender"), value: filters.performer_gender || "", choices: genders, onChange: (/** @type {string} */ value) => onFilter("performer_gender", value) }),
      ["show_ignored", "show_excluded"].map((name) => h(FilterTick, { key: name, name, label: t(`filter.${name}`), filters, onFilter })),
    );
  }

  /** Which box is asked; only where there is a choice. @param {{entityType: string, boxes: any[], endpoint: string, onBox: (endpoint: string) => void}} props */
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
   * @param {{entityType: string, state: any, boxes: any[], endpoint: string, sort?: string, onExcluded: () => void, children?: any}} props
   *   `state`: filters, order and how to change them; `sort`: the order is given; `children` come first
   */
  function Filters({ entityType, state, boxes, endpoint, sort, onExcluded, children }) {
    const t = kit.useText();
    const { filters, onFilter } = state;
    const count = missing.countMoreFilters(filters);
    const [isOpen, setOpen] = useState(count > 0);
    return h(
      "div",
      { role: "group", "aria-label": t("filter.label") },
      h(
        "div",
        { className: "sbk-filters" },
        children,
        h(BoxPicker, { entityType, boxes, endpoint, onBox: state.onBox }),
        !sort && h(SortPicker, { sort: state.sort, onSort: state.onSort }),
        missing.listFavoriteFilters(entityType).map((/** @type {string} */ name) => h(FilterTick, { key: name, name: `filter_favorite_${name}`, label: t(`filter.favorite.${name}`), filters, onFilter })),
        entityType === "studio" && h(FilterTick, { name: "include_network", label: t("filter.network"), filters, onFilter }),
        h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) }, t("filter.more"), count > 0 && h(Bootstrap.Badge, { variant: "primary", className: "ml-2" }, count)),
        h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: onExcluded }, h(kit.Icon, { name: "faTags" }), h("span", null, t("filter.excluded"))),
        count > 0 && h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: state.onClear }, t("filter.clear")),
      ),
      isOpen && h(MoreFilters, { filters, onFilter }),
    );
  }

  Object.assign(missing, { Filters });
})();
