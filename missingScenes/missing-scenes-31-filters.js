// The filters above a list. The backend applies them, so figures and pages stay right.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const SORTS = ["DATE", "CREATED_AT", "UPDATED_AT", "TITLE", "DURATION", "TRENDING"];
  const GENDERS = ["FEMALE", "MALE", "TRANSGENDER_FEMALE", "TRANSGENDER_MALE", "INTERSEX", "NON_BINARY"];

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
      h(kit.Tick, { id: "ms-ignored", label: t("filter.show_ignored"), isOn: Boolean(filters.show_ignored), onChange: (/** @type {boolean} */ isOn) => onFilter("show_ignored", isOn) }),
    );
  }

  /**
   * @param {{entityType: string, filters: Record<string, any>, sort: string, boxes: any[], endpoint: string,
   *   onFilter: (name: string, value: unknown) => void, onSort: (sort: string) => void, onBox: (endpoint: string) => void}} props
   */
  function Filters({ entityType, filters, sort, boxes, endpoint, onFilter, onSort, onBox }) {
    const t = kit.useText();
    const [isOpen, setOpen] = useState(() => missing.hasMoreFilters(filters));
    const offered = entityType in missing.OWN_FILTER ? boxes.filter((box) => box.is_linked) : boxes;
    return h(
      "div",
      { role: "group", "aria-label": t("filter.label") },
      h(
        "div",
        { className: "sbk-filters" },
        offered.length > 1 &&
          h(kit.Picker, { id: "ms-box", label: t("filter.box"), value: endpoint, choices: offered.map((box) => ({ value: box.endpoint, label: box.name })), onChange: onBox }),
        h(kit.Picker, { id: "ms-sort", label: t("filter.sort"), value: sort, choices: SORTS.map((value) => ({ value, label: t(`sort.${value}`) })), onChange: onSort }),
        missing.listFavoriteFilters(entityType).map((/** @type {string} */ name) => {
          const key = `filter_favorite_${name}`;
          return h(kit.Tick, { key, id: `ms-${key}`, label: t(`filter.favorite.${name}`), isOn: Boolean(filters[key]), onChange: (/** @type {boolean} */ isOn) => onFilter(key, isOn) });
        }),
        entityType === "studio" &&
          h(kit.Tick, { id: "ms-network", label: t("filter.network"), isOn: Boolean(filters.include_network), onChange: (/** @type {boolean} */ isOn) => onFilter("include_network", isOn) }),
        h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) }, t("filter.more")),
      ),
      isOpen && h(MoreFilters, { filters, onFilter }),
    );
  }

  Object.assign(missing, { Filters });
})();
