// Unwanted tags: chosen by name, pattern or category of a box, counted by kind, and planned.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const KINDS = ["scene", "image", "gallery", "marker", "performer", "studio", "group"];
  const PLACES = ["stash", "blacklist", "none"];
  const NOTHING = { tags: [], categories: [], patterns: "", exclude: "stash", kinds: KINDS, delete: true };

  /** Returns the entries of the field for names and patterns: one a line, or separated by commas outside of slashes. @param {string} text */
  const readPatterns = (text) => (text.match(/\s*\/.+?\/\s*(?=,|\n|$)|[^,\n]+/g) || []).map((one) => one.trim()).filter(Boolean);

  /** The chosen tags, each with a button that removes it. @param {{chosen: any, change: (more: any) => void}} props */
  function ChosenTags({ chosen, change }) {
    const t = kit.useText();
    if (!chosen.tags.length) return null;
    const chip = (/** @type {any} */ tag) =>
      h(Bootstrap.Button, { key: tag.id, size: "sm", variant: "secondary", "aria-label": t("unwanted.drop", { name: tag.name }), onClick: () => change({ tags: chosen.tags.filter((/** @type {any} */ one) => one.id !== tag.id) }) }, tag.name, " ", h(kit.Icon, { name: "faTimes" }));
    return h("div", { className: "tm-ticks" }, chosen.tags.map(chip));
  }

  /** The categories of the box, as checkboxes behind a heading. @param {{boxes: any, chosen: any, change: (more: any) => void}} props */
  function CategoryTicks({ boxes, chosen, change }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { box } = boxes;
    const found = kit.useLoad(`unwanted:${box.endpoint}`, (signal) => ui.operation("categories", { endpoint: box.endpoint }, { signal }));
    const rows = found.data ? found.data.categories : [];
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    if (!rows.length) return null;
    const toggle = (/** @type {string} */ id, /** @type {boolean} */ isOn) => change({ categories: isOn ? [...chosen.categories, id] : chosen.categories.filter((/** @type {string} */ one) => one !== id) });
    return h(
      "details",
      { className: "mb-2" },
      h("summary", null, t("unwanted.categories", { box: box.name, count: chosen.categories.length })),
      h(tagging.BoxPicker, { boxes }),
      h("div", { className: "tm-ticks" }, rows.map((/** @type {any} */ row) => h(kit.Tick, { key: row.id, id: `tm-unwanted-${row.id}`, label: `${row.name} (${row.tags})`, isOn: chosen.categories.includes(row.id), onChange: (/** @type {boolean} */ isOn) => toggle(row.id, isOn) }))),
    );
  }

  /** What is to be done with the chosen tags. @param {{chosen: any, change: (more: any) => void, totals: any}} props `totals`: null while the uses are counted; kinds without a use are left out */
  function Actions({ chosen, change, totals }) {
    const t = kit.useText();
    const kinds = KINDS.filter((name) => !totals || totals[name] > 0);
    const kind = (/** @type {string} */ name) => {
      const toggle = (/** @type {boolean} */ isOn) => change({ kinds: isOn ? [...chosen.kinds, name] : chosen.kinds.filter((/** @type {string} */ one) => one !== name) });
      return h(kit.Tick, { key: name, id: `tm-off-${name}`, label: totals ? t(`unwanted.kind.${name}`, { count: totals[name] }) : t(`unwanted.column.${name}`), isOn: chosen.kinds.includes(name), onChange: toggle });
    };
    return h(
      "fieldset",
      { className: "mb-2" },
      h("legend", { className: "h6" }, t("unwanted.actions")),
      h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "tm-exclude", label: t("unwanted.exclude"), value: chosen.exclude, choices: PLACES.map((value) => ({ value, label: t(`unwanted.exclude.${value}`) })), onChange: (/** @type {string} */ exclude) => change({ exclude }) })),
      kinds.length > 0 && h("div", { className: "small" }, t("unwanted.take_off")),
      h("div", { className: "tm-ticks" }, kinds.map(kind)),
      h(kit.Tick, { id: "tm-unwanted-delete", label: t("unwanted.delete"), isOn: chosen.delete, onChange: (/** @type {boolean} */ isOn) => change({ delete: isOn }) }),
    );
  }

  /** The tags that names, patterns and categories choose, with their uses by kind. @param {{found: StashBundle.Loaded, page: number, setPage: (page: number) => void}} props */
  function UsesTable({ found, page, setPage }) {
    const t = kit.useText();
    const number = kit.useNumber();
    const kinds = found.data ? KINDS.filter((name) => found.data.totals[name] > 0) : [];
    const columns = [
      { key: "name", title: t("cleaning.tag"), render: (/** @type {any} */ row) => h(kit.api.libraries.ReactRouterDOM.Link, { to: `/tags/${row.id}` }, row.name) },
      ...kinds.map((name) => ({ key: name, title: t(`unwanted.column.${name}`), render: (/** @type {any} */ row) => number(row.uses[name] || 0) })),
    ];
    return h(tagging.Listing, { found, items: "tags", columns, caption: t("unwanted.found"), page, size: PAGE_SIZE, onPage: setPage, keyOf: (/** @type {any} */ row) => String(row.id), empty: h(kit.Empty, { icon: "faTags", title: t("unwanted.unknown") }) });
  }

  /** Notes about what cannot be done: unusable patterns, and kinds that this Stash cannot change. @param {{data: any}} props */
  function Notes({ data }) {
    const t = kit.useText();
    const kinds = data.kinds_left_out.map((/** @type {string} */ name) => t(`unwanted.column.${name}`)).join(", ");
    return h(
      React.Fragment,
      null,
      data.problems.map((/** @type {any} */ one) => h(kit.Notice, { key: one.text, level: "warning" }, t("unwanted.problem", { text: one.text, message: one.message }))),
      kinds && h(kit.Notice, { level: "info" }, t("unwanted.left_out", { kinds })),
    );
  }

  /** The whole view. @param {{boxes: any}} props */
  function UnwantedForm({ boxes }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [chosen, setChosen] = useState(/** @type {any} */ (NOTHING));
    const [page, setPage] = useState(1);
    const { task, start } = tagging.useCleaningTask("unwanted");
    const change = (/** @type {any} */ more) => (setPage(1), setChosen({ ...chosen, ...more }));
    const patterns = readPatterns(chosen.patterns);
    const selection = { tag_ids: chosen.tags.map((/** @type {any} */ tag) => tag.id), categories: chosen.categories, patterns, ...(boxes.box ? { endpoint: boxes.box.endpoint } : {}) };
    const isChosen = selection.tag_ids.length + selection.categories.length + patterns.length > 0;
    const args = { ...selection, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => (isChosen ? ui.operation("unwanted_find", args, { signal }) : Promise.resolve({ tags: [], count: 0, totals: {}, problems: [], kinds_left_out: [] })), { keeps: true });
    const plan = () => start({ ...selection, exclude: chosen.exclude, kinds: chosen.kinds, delete: chosen.delete });
    const preview = h(kit.ActionButton, { variant: "primary", icon: "faSearch", disabled: task.isActive, onClick: plan }, t("cleaning.preview"));
    const hasWords = selection.categories.length + patterns.length > 0;
    return h(
      React.Fragment,
      null,
      h("p", null, t("cleaning.text.unwanted")),
      h(kit.TaskProgress, { task }),
      h(
        "div",
        { className: "tm-unwanted" },
        h("div", null, hasWords && h(UsesTable, { found, page, setPage }), h(tagging.PickTags, { chosen: chosen.tags, onChoose: (/** @type {any[]} */ tags) => change({ tags }), actions: !hasWords && h(kit.ActionButton, { size: "sm", variant: "primary", disabled: task.isActive, onClick: plan }, t("unwanted.preview", { count: chosen.tags.length })) })),
        h(
          "section",
          { className: "card tm-unwanted-side", "aria-label": t("unwanted.actions") },
          h(kit.Field, { id: "tm-unwanted-patterns", label: t("unwanted.patterns"), value: chosen.patterns, onChange: (/** @type {string} */ text) => change({ patterns: text }) }),
          boxes.box && h(CategoryTicks, { boxes, chosen, change }),
          found.data && h(Notes, { data: found.data }),
          h(ChosenTags, { chosen, change }),
          isChosen ? h(React.Fragment, null, h(Actions, { chosen, change, totals: found.data && !found.isLoading ? found.data.totals : null }), preview) : h("p", { className: "text-muted mb-0" }, t("unwanted.none.text")),
        ),
      ),
    );
  }

  function UnwantedView() {
    const boxes = tagging.useBoxes();
    if (!boxes.data) return h(kit.Pending, { load: boxes, shape: "form" });
    return h(UnwantedForm, { boxes });
  }

  Object.assign(tagging, { UnwantedView });
})();
