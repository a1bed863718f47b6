// The tags of the library to tick, for unwanted ones: searched and paged by Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useRef, useState } = React;
  const PAGE_SIZE = 25;
  const SORTS = ["name", "scenes_count"];
  const KEEPS = { keeps: true };
  const FIND = `query FindTagsToPick($filter: FindFilterType) {
    findTags(filter: $filter) { count tags { id name scene_count performer_count } }
  }`;

  /** Returns one page of the library's tags. @param {string} text @param {string} sort @param {number} page @param {AbortSignal} signal */
  async function findTagPage(text, sort, page, signal) {
    const filter = { q: text, page, per_page: PAGE_SIZE, sort, direction: sort === "name" ? "ASC" : "DESC" };
    const { findTags } = await kit.graphql(FIND, { filter }, { signal });
    return { ...findTags, tags: findTags.tags.map((/** @type {any} */ tag) => ({ ...tag, id: Number(tag.id) })) };
  }

  /** Returns the chosen tags as the selection of a table; it keeps those of other pages. @param {any[]} rows @param {any[]} chosen @param {(tags: any[]) => void} onChoose */
  function usePickedTags(rows, chosen, onChoose) {
    const anchor = useRef(/** @type {string | null} */ (null));
    const order = rows.map((row) => String(row.id));
    const known = new Map([...chosen, ...rows].map((tag) => [String(tag.id), { id: tag.id, name: tag.name }]));
    const selected = new Set(chosen.map((tag) => String(tag.id)));
    const choose = (/** @type {ReadonlySet<string>} */ next) => onChoose([...next].map((key) => known.get(key)));
    const change = (/** @type {string} */ key, /** @type {boolean} */ isOn, /** @type {boolean} */ isRange) => {
      choose(kit.changeSelection(selected, order, key, isOn, isRange ? anchor.current : null));
      anchor.current = key;
    };
    return { selected, change, changeAll: (/** @type {boolean} */ isOn) => choose(kit.changeAll(selected, order, isOn)), clear: () => onChoose([]), state: kit.describeSelection(selected, order) };
  }

  /** The table. @param {{chosen: any[], onChoose: (tags: any[]) => void, actions: any}} props */
  function PickTags({ chosen, onChoose, actions }) {
    const t = kit.useText();
    const number = kit.useNumber();
    const [text, setText] = useState("");
    const [sort, setSort] = useState(SORTS[0]);
    const [page, setPage] = useState(1);
    const found = kit.useLoad(JSON.stringify({ text, sort, page }), (signal) => findTagPage(text, sort, page, signal), KEEPS);
    const selection = usePickedTags(found.data ? found.data.tags : [], chosen, onChoose);
    const columns = [
      { key: "name", title: t("cleaning.tag"), className: "tm-tag", render: (/** @type {any} */ row) => h(kit.api.libraries.ReactRouterDOM.Link, { to: `/tags/${row.id}` }, row.name) },
      ...["scene", "performer"].map((kind) => ({ key: kind, title: t(`unwanted.column.${kind}`), className: "tm-number", render: (/** @type {any} */ row) => row[`${kind}_count`] > 0 && number(row[`${kind}_count`]) })),
    ];
    const order = h(kit.Picker, { id: "tm-pick-sort", label: t("unwanted.sort"), value: sort, choices: SORTS.map((value) => ({ value, label: t(`unwanted.sort.${value}`) })), onChange: (/** @type {string} */ value) => (setPage(1), setSort(value)) });
    return h(tagging.Listing, { found, items: "tags", columns, caption: t("unwanted.yours"), page, size: PAGE_SIZE, onPage: setPage, text, onText: setText, more: order, keyOf: (/** @type {any} */ row) => String(row.id), selection, actions, empty: h(kit.Empty, { icon: "faTags", title: t(text ? "search.none" : "tree.none") }) });
  }

  Object.assign(tagging, { PickTags });
})();
