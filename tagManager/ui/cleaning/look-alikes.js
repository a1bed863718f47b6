// Look-alikes among the library's tags: pairs with their evidence, to merge or to keep apart.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const KEEPS = { keeps: true };
  const RULES = ["box_tag", "spelling", "alias", "box_alias", "word_order", "plural", "synonym", "similar"];

  /** One tag of a pair with its uses and links. @param {{tag: any}} props */
  function TagSide({ tag }) {
    const t = kit.useText();
    return h(
      React.Fragment,
      null,
      h(kit.api.libraries.ReactRouterDOM.Link, { to: `/tags/${tag.id}` }, tag.name),
      tag.aliases.length > 0 && h("div", { className: "text-muted small" }, tag.aliases.join(", ")),
      h("div", { className: "small" }, [t("alike.uses", { count: tag.uses }), tag.links > 0 && t("alike.links", { count: tag.links })].filter(Boolean).join(" · ")),
    );
  }

  /** The buttons of a pair, or what was decided. @param {{pair: any, tools: any}} props */
  function PairButtons({ pair, tools }) {
    const t = kit.useText();
    const key = tools.keyOf(pair);
    const names = `${pair.one.name}, ${pair.other.name}`;
    if (tools.outcomes[key]) return h(tagging.RowOutcome, { text: tools.outcomes[key] });
    const merge = h(Bootstrap.Button, { size: "sm", variant: "primary", "aria-label": `${t("alike.merge")}: ${names}`, onClick: () => tools.open(pair) }, t("alike.merge"));
    const label = t(tools.distinct ? "alike.restore" : "alike.distinct");
    return h(
      "div",
      { className: "tm-buttons", ref: tools.rowRef(key) },
      !tools.distinct && merge,
      h(kit.ActionButton, { size: "sm", "aria-label": `${label}: ${names}`, onClick: () => tools.mark(pair) }, label),
    );
  }

  /** The table of pairs. @param {{found: StashBundle.Loaded, page: number, setPage: (page: number) => void, tools: any}} props */
  function PairTable({ found, page, setPage, tools }) {
    const t = kit.useText();
    const evidence = (/** @type {any} */ pair) => h(React.Fragment, null, t(`alike.rule.${pair.rule}`, { matched: pair.matched, score: pair.score }), h("div", { className: "small text-muted" }, t("alike.shared", { count: pair.shared_scenes })));
    const columns = [
      { key: "one", title: t("alike.one"), className: "tm-tag", render: (/** @type {any} */ pair) => h(TagSide, { tag: pair.one }) },
      { key: "other", title: t("alike.other"), className: "tm-tag", render: (/** @type {any} */ pair) => h(TagSide, { tag: pair.other }) },
      { key: "why", title: t("alike.why"), render: evidence },
      { key: "do", title: "", render: (/** @type {any} */ pair) => h(PairButtons, { pair, tools }) },
    ];
    const isNew = found.data && !found.data.found_at;
    const empty = h(kit.Empty, { icon: isNew ? "faSearch" : "faCheck", title: t(isNew ? "alike.never" : "cleaning.none.alike") });
    return h(tagging.Listing, { found, items: "pairs", columns, caption: t("cleaning.view.alike"), page, size: PAGE_SIZE, onPage: setPage, keyOf: tools.keyOf, empty });
  }

  /** Filters by rule, and between open pairs and those that are not the same. @param {{data: any, query: any, change: (more: any) => void}} props */
  function PairFilters({ data, query, change }) {
    const t = kit.useText();
    const label = (/** @type {string} */ rule) => `${t(`alike.filter.${rule}`)} (${data.rules[rule] || 0})`;
    const rules = RULES.filter((rule) => data.rules[rule]).map((value) => ({ value, label: label(value) }));
    return h(
      "div",
      { className: "sbk-filters" },
      h(kit.Picker, { id: "tm-alike-rule", label: t("alike.rule"), value: query.rule, choices: [{ value: "", label: t("alike.filter.all") }, ...rules], onChange: (/** @type {string} */ rule) => change({ rule }) }),
      h(kit.Tick, { id: "tm-alike-distinct", label: t("alike.show_distinct"), isOn: query.distinct, onChange: (/** @type {boolean} */ distinct) => change({ distinct }) }),
    );
  }

  /** Starts the search. @param {{onDone: () => void, foundAt: string | null}} props */
  function SearchButton({ onDone, foundAt }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const task = kit.useTask("lookalikes", { onEnd: (run) => run && run.state === "finished" && (task.dismiss(), onDone()) });
    const start = async () => {
      const answer = await ui.operation("lookalikes_start");
      task.adopt(kit.readTaskHandle(answer, t("cleaning.running.alike")));
    };
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { variant: "primary", icon: "faSearch", disabled: task.isActive, onClick: start }, t("alike.search")),
        foundAt && h("span", { className: "text-muted small" }, t("alike.found_at", { moment: kit.formatMoment(foundAt, locale) })),
      ),
      h(kit.TaskProgress, { task }),
    );
  }

  function LookAlikes() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [query, setQuery] = useState({ rule: "", distinct: false, page: 1 });
    const [pair, setPair] = useState(/** @type {any} */ (null));
    const args = { ...query, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("lookalikes_list", args, { signal }), KEEPS);
    const keyOf = (/** @type {any} */ one) => `${one.one.id}-${one.other.id}`;
    const rows = found.data ? found.data.pairs.map(keyOf) : [];
    const { outcomes, rowRef, decide, clear } = kit.useRowOutcomes(rows);
    React.useEffect(clear, [found.data, clear]);
    const mark = async (/** @type {any} */ one) => {
      const send = (/** @type {boolean} */ distinct) => ui.operation("lookalike_distinct", { one: one.one.id, other: one.other.id, distinct });
      const text = t(query.distinct ? "alike.restored" : "alike.marked", { one: one.one.name, other: one.other.name });
      await decide(keyOf(one), { text, run: () => send(!query.distinct), undo: () => send(query.distinct) });
    };
    const change = (/** @type {any} */ more) => setQuery({ ...query, page: 1, ...more });
    const close = (/** @type {boolean} */ isApplied) => {
      setPair(null);
      if (!isApplied) return;
      tagging.forgetPages();
      found.reload();
    };
    const tools = { keyOf, outcomes, rowRef, mark, open: setPair, distinct: query.distinct };
    return h(
      React.Fragment,
      null,
      h("p", null, t("cleaning.text.alike")),
      h(SearchButton, { onDone: found.reload, foundAt: found.data ? found.data.found_at : null }),
      found.data && h(PairFilters, { data: found.data, query, change }),
      h(PairTable, { found, page: query.page, setPage: (/** @type {number} */ page) => setQuery({ ...query, page }), tools }),
      pair && h(tagging.PairDialog, { pair, onClose: close }),
    );
  }

  Object.assign(tagging, { LookAlikes });
})();
