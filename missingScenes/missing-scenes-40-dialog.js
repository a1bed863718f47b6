// The dialog behind the button on a performer, studio or tag page: filters above, the list below.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const SORTS = ["DATE", "CREATED_AT", "UPDATED_AT", "TITLE", "DURATION", "TRENDING"];

  // For as long as this browser tab lives, like the filters of Stash's own lists.
  const session = { filters: /** @type {Record<string, any>} */ ({}), sort: "DATE" };

  /** @param {{id: string, label: string, value: string, choices: {value: string, label: string}[], onChange: (value: string) => void}} props */
  function Picker({ id, label, value, choices, onChange }) {
    return h(
      Bootstrap.Form.Group,
      { controlId: id, className: "ms-picker" },
      h(Bootstrap.Form.Label, { className: "small" }, label),
      h(
        Bootstrap.Form.Control,
        { as: "select", size: "sm", className: "text-input", value, onChange: (/** @type {any} */ event) => onChange(event.target.value) },
        choices.map((choice) => h("option", { key: choice.value, value: choice.value }, choice.label)),
      ),
    );
  }

  /** @param {{id: string, label: string, isOn: boolean, onChange: (isOn: boolean) => void}} props */
  function Tick({ id, label, isOn, onChange }) {
    return h(Bootstrap.Form.Check, { id, type: "checkbox", label, checked: isOn, onChange: (/** @type {any} */ event) => onChange(event.target.checked) });
  }

  /**
   * @param {{entityType: string, filters: Record<string, any>, sort: string, boxes: any[], endpoint: string,
   *   onFilter: (name: string, value: unknown) => void, onSort: (sort: string) => void, onBox: (endpoint: string) => void}} props
   */
  function Filters({ entityType, filters, sort, boxes, endpoint, onFilter, onSort, onBox }) {
    const t = kit.useText();
    const linked = boxes.filter((box) => box.is_linked);
    return h(
      "div",
      { className: "ms-filters", role: "group", "aria-label": t("filter.label") },
      linked.length > 1 &&
        h(Picker, { id: "ms-box", label: t("filter.box"), value: endpoint, choices: linked.map((box) => ({ value: box.endpoint, label: box.name })), onChange: onBox }),
      h(Picker, { id: "ms-sort", label: t("filter.sort"), value: sort, choices: SORTS.map((value) => ({ value, label: t(`sort.${value}`) })), onChange: onSort }),
      missing.listFavoriteFilters(entityType).map((/** @type {string} */ name) => {
        const key = `filter_favorite_${name}`;
        return h(Tick, { key, id: `ms-${key}`, label: t(`filter.favorite.${name}`), isOn: Boolean(filters[key]), onChange: (isOn) => onFilter(key, isOn) });
      }),
      entityType === "studio" &&
        h(Tick, { id: "ms-network", label: t("filter.network"), isOn: Boolean(filters.include_network), onChange: (isOn) => onFilter("include_network", isOn) }),
    );
  }

  /** @param {{entity: StashBundle.Entity, onClose: () => void}} props */
  function EntityDialog({ entity, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [filters, setFilters] = useState(session.filters);
    const [sort, setSort] = useState(session.sort);
    const [endpoint, setEndpoint] = useState("");
    const allowed = [...missing.listFavoriteFilters(entity.kind).map((/** @type {string} */ name) => `filter_favorite_${name}`), "include_network"];
    const own = Object.fromEntries(Object.entries(filters).filter(([name]) => allowed.includes(name)));
    const found = missing.useMissingList(ui, { entity_type: entity.kind, entity_id: entity.id, endpoint, sort, ...missing.makeFilterArgs(own) });
    const { answer } = found.list;
    const change = (/** @type {string} */ name, /** @type {unknown} */ value) => setFilters((session.filters = { ...filters, [name]: value }));
    const title = answer && answer.entity ? t("dialog.title", { name: answer.entity.name }) : t("dialog.title.loading");
    return h(
      kit.Dialog,
      { title, onClose, size: "xl", className: "ms-dialog" },
      h(Filters, {
        entityType: entity.kind,
        filters,
        sort,
        boxes: (answer && answer.boxes) || [],
        endpoint: endpoint || (answer && answer.box ? answer.box.endpoint : ""),
        onFilter: change,
        onSort: (/** @type {string} */ next) => setSort((session.sort = next)),
        onBox: setEndpoint,
      }),
      h(missing.MissingList, { found }),
    );
  }

  Object.assign(missing, { EntityDialog });
})();
