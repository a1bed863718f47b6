// The choice of performers, studios or scenes: by name, number or address.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const SEARCHES = /** @type {Record<string, string>} */ ({
    performer: "query Search($page: FindFilterType) { found: findPerformers(filter: $page) { rows: performers { id name disambiguation } } }",
    studio: "query Search($page: FindFilterType) { found: findStudios(filter: $page) { rows: studios { id name } } }",
    scene: "query Search($page: FindFilterType) { found: findScenes(filter: $page) { rows: scenes { id name: title files { basename } } } }",
  });
  const FINDERS = /** @type {Record<string, string>} */ ({ performer: "findPerformer", studio: "findStudio", scene: "findScene" });
  const SORTS = /** @type {Record<string, string>} */ ({ scene: "title" });
  const NAMES = /** @type {Record<string, string>} */ ({ scene: "name: title files { basename }" });
  const MOST_HITS = 10;
  const MOST_NAMED = 60;

  /** Return the name of a row of Stash; a scene without a title has that of its file. @param {any} row */
  function nameRow(row) {
    const [file] = row.files || [];
    return row.name || (file ? file.basename : `#${row.id}`);
  }

  /** @param {{kind: string, text: string, chosen: any[], onAdd: (row: any) => void}} props */
  function SearchHits({ kind, text, chosen, onAdd }) {
    const t = kit.useText();
    const page = { q: text, per_page: MOST_HITS, sort: SORTS[kind] || "name" };
    const found = kit.useLoad(`${kind} ${text}`, (signal) => kit.graphql(SEARCHES[kind], { page }, { signal }));
    const isChosen = (/** @type {string} */ id) => chosen.some((one) => one.id === id);
    return h(kit.Loaded, {
      load: found,
      children: (/** @type {any} */ data) =>
        data.found.rows.length === 0
          ? h("p", { className: "text-muted" }, t("chosen.no_hit"))
          : h(
              "div",
              { className: "ps-chips" },
              data.found.rows.map((/** @type {any} */ row) =>
                h(Bootstrap.Button, { key: row.id, size: "sm", variant: "secondary", disabled: isChosen(row.id), onClick: () => onAdd(row) }, h(kit.Icon, { name: "faPlus" }), h("span", null, row.disambiguation ? `${row.name} (${row.disambiguation})` : nameRow(row))),
              ),
            ),
    });
  }

  /** Return a function for the name of a picked item; items typed as a number are looked up, and unknown ones keep it. @param {string} kind @param {{id: string, name: string}[]} chosen */
  function useNames(kind, chosen) {
    const wanted = chosen.filter((one) => one.name === `#${one.id}`).slice(0, MOST_NAMED);
    const query = wanted.map(({ id }) => `at${id}: ${FINDERS[kind]}(id: ${id}) { id ${NAMES[kind] || "name"} }`).join(" ");
    const found = kit.useLoad(query, (signal) => (query ? kit.graphql(`query Names { ${query} }`, {}, { signal }) : Promise.resolve({})), { keeps: true });
    return (/** @type {{id: string, name: string}} */ one) => {
      const row = found.data && found.data[`at${one.id}`];
      return row ? nameRow(row) : one.name;
    };
  }

  /** Show the picked performers, studios or scenes with a field that adds more. @param {{kind: string, chosen: {id: string, name: string}[], onChange: (chosen: {id: string, name: string}[]) => void}} props */
  function EntityPicker({ kind, chosen, onChange }) {
    const t = kit.useText();
    const [text, setText] = useState("");
    const [problem, setProblem] = useState("");
    const add = (/** @type {any[]} */ rows) => {
      const known = new Set(chosen.map((one) => one.id));
      onChange([...chosen, ...rows.filter((row) => !known.has(row.id)).map((row) => ({ id: row.id, name: nameRow(row) }))]);
    };
    const read = (/** @type {string} */ typed) => {
      const { ids, unknown } = performers.parseIds(typed);
      const isNames = ids.length === 0;
      setProblem(!isNames && unknown.length ? t("chosen.unknown", { text: unknown.join(" ") }) : "");
      setText(isNames ? typed.trim() : "");
      if (!isNames) add(ids.map((/** @type {string} */ id) => ({ id, name: `#${id}` })));
    };
    const nameOf = useNames(kind, chosen);
    const remove = (/** @type {string} */ id) => onChange(chosen.filter((one) => one.id !== id));
    return h(
      "div",
      { className: "ps-panel" },
      h(kit.Field, { id: "ps-chosen", label: t("chosen.label"), placeholder: t("chosen.hint"), value: text, onChange: read }),
      problem && h("div", { className: "text-warning small", role: "alert" }, problem),
      text && h(SearchHits, { kind, text, chosen, onAdd: (row) => add([row]) }),
      h(
        "div",
        { className: "ps-chips", role: "group", "aria-label": t("chosen.title") },
        h("span", { className: "text-muted small", role: "status" }, t("chosen.count", { count: chosen.length })),
        chosen.map((one) =>
          h(Bootstrap.Button, { key: one.id, size: "sm", variant: "primary", "aria-label": t("chosen.remove", { name: nameOf(one) }), onClick: () => remove(one.id) }, h("span", null, nameOf(one)), " ", h(kit.Icon, { name: "faXmark" })),
        ),
        chosen.length > 1 && h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: () => onChange([]) }, t("chosen.clear")),
      ),
    );
  }

  Object.assign(performers, { EntityPicker });
})();
