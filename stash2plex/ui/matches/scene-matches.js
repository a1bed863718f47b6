// The match map: the item of each scene, how it was found, and links made by hand.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const HOWS = ["path", "name and size", "name and duration", "name", "guess", "ambiguous", "none", "manual", "unlinked"];

  /** Show the item of a scene, or the candidates to choose from. @param {{match: any, onLink: (key: string) => unknown}} props */
  function MatchedItems({ match, onLink }) {
    const t = kit.useText();
    const { items } = match;
    if (match.how !== "ambiguous") return items.map((/** @type {any} */ item) => h("div", { key: item.rating_key, className: "s2p-files" }, h(plexSync.PlexLink, { item }), h("div", { className: "text-muted small" }, item.path)));
    return h(
      React.Fragment,
      null,
      h("div", null, t("match.candidates", { count: items.length })),
      items.map((/** @type {any} */ item) =>
        h(
          "div",
          { key: item.rating_key, className: "sbk-actions s2p-files" },
          h("div", null, h(plexSync.PlexLink, { item }), h("div", { className: "text-muted small" }, item.path)),
          h(kit.ActionButton, { size: "sm", "aria-label": `${t("match.this_one")}: ${item.path}`, onClick: () => onLink(item.rating_key) }, t("match.this_one")),
        ),
      ),
    );
  }

  /** @param {{match: any, onChange: () => void, onPick: (match: any) => void}} props */
  function MatchActions({ match, onChange, onPick }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const unlink = (/** @type {boolean} */ forget) => async () => {
      await ui.operation("match_unlink", { scene_id: match.scene_id, ...(forget ? { forget } : {}) });
      kit.toast.success(t(forget ? "match.forgotten" : "match.unlinked"));
      onChange();
    };
    const isOwn = match.how === "manual" || match.how === "unlinked";
    const named = (/** @type {string} */ key) => ({ size: "sm", "aria-label": `${t(key)} ${match.label}` });
    return h(
      "div",
      { className: "sbk-actions mt-0" },
      h(Bootstrap.Button, { ...named("match.link"), variant: "secondary", onClick: () => onPick(match) }, t("match.link")),
      match.how !== "unlinked" && match.items.length > 0 && h(kit.ActionButton, { ...named("match.unlink"), onClick: unlink(false) }, t("match.unlink")),
      isOwn && h(kit.ActionButton, { ...named("match.forget"), onClick: unlink(true) }, t("match.forget")),
    );
  }

  /** Let a person search and choose the item of a scene. @param {{match: any, onClose: () => void, onLink: (scene: number, key: string) => Promise<void>}} props */
  function LinkDialog({ match, onClose, onLink }) {
    const t = kit.useText();
    const [text, setText] = useState(match.label);
    const link = async (/** @type {string} */ key) => {
      await onLink(match.scene_id, key);
      onClose();
    };
    const act = (/** @type {any} */ item) => h(kit.ActionButton, { size: "sm", "aria-label": `${t("match.pick.link")}: ${item.title}`, onClick: () => link(item.rating_key) }, t("match.pick.link"));
    return h(
      kit.Dialog,
      { title: t("match.pick.title", { label: match.label }), onClose, size: "lg" },
      h("p", { className: "text-muted s2p-files" }, match.file),
      h("div", { className: "s2p-bar" }, h(plexSync.SearchField, { id: "s2p-pick", label: t("match.pick.search"), value: text, onSearch: setText })),
      h(plexSync.ItemList, { operation: "plex_search", text, empty: { title: t("match.pick.none") }, act }),
    );
  }

  /** @param {{found: any, onLink: (scene: number, key: string) => Promise<void>, onPick: (match: any) => void, isFiltered: boolean}} props */
  function MatchTable({ found, onLink, onPick, isFiltered }) {
    const t = kit.useText();
    if (found.error || !found.data) return h(kit.Pending, { load: found });
    const empty = isFiltered ? h(kit.Empty, { icon: "faSearch", title: t("match.no_hit") }) : h(kit.Empty, { icon: "faLink", title: t("match.none"), text: t("match.none.text") });
    const columns = [
      { key: "label", title: t("queue.scene"), className: "sbk-value", render: (/** @type {any} */ row) => h(React.Fragment, null, h(plexSync.SceneLink, { id: row.scene_id, label: row.label }), h("div", { className: "text-muted small s2p-files" }, row.file)) },
      { key: "items", title: t("match.item"), className: "sbk-value", render: (/** @type {any} */ row) => h(MatchedItems, { match: row, onLink: (key) => onLink(row.scene_id, key) }) },
      { key: "how", title: t("match.how"), render: (/** @type {any} */ row) => h(React.Fragment, null, t(`how.${row.how}`), h("div", { className: "text-muted small" }, row.evidence), row.message && h("div", { className: "text-warning small" }, row.message)) },
      { key: "actions", title: "", render: (/** @type {any} */ row) => h(MatchActions, { match: row, onChange: found.reload, onPick }) },
    ];
    return h(kit.Table, { caption: t("tab.matches"), columns, rows: found.data.matches, keyOf: (/** @type {any} */ row) => String(row.scene_id), nameOf: (/** @type {any} */ row) => row.label, empty, isBusy: found.isLoading });
  }

  /** Show the scenes with their items in Plex, with a filter and a search. */
  function SceneMatches() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const { search } = ReactRouterDOM.useLocation();
    const [asked, setAsked] = useState({ how: "", text: new URLSearchParams(search).get("text") || "" });
    const [picking, setPicking] = useState(/** @type {any} */ (null));
    const query = { ...asked, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("match_list", query, { signal }));
    const { count = 0, by_how: byHow = {} } = found.data || {};
    kit.useLastPage(page, setPage, PAGE_SIZE, found.data ? count : undefined);
    const choose = (/** @type {any} */ part) => {
      setAsked({ ...asked, ...part });
      setPage(1);
    };
    const link = async (/** @type {number} */ scene, /** @type {string} */ key) => {
      await ui.operation("match_link", { scene_id: scene, rating_key: key });
      kit.toast.success(t("match.linked"));
      found.reload();
    };
    const known = HOWS.filter((how) => byHow[how] || how === asked.how);
    const choices = [{ value: "", label: t("match.all") }, ...known.map((how) => ({ value: how, label: `${t(`how.${how}`)} (${byHow[how] || 0})` }))];
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "s2p-bar" },
        h(kit.Picker, { id: "s2p-how", label: t("match.how"), value: asked.how, choices, onChange: (/** @type {string} */ how) => choose({ how }) }),
        h(plexSync.SearchField, { id: "s2p-text", label: t("match.search"), value: asked.text, onSearch: (/** @type {string} */ text) => choose({ text }) }),
      ),
      h(MatchTable, { found, onLink: link, onPick: setPicking, isFiltered: Boolean(asked.how || asked.text) }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: count, onPage: setPage }),
      picking && h(LinkDialog, { match: picking, onClose: () => setPicking(null), onLink: link }),
    );
  }

  Object.assign(plexSync, { SceneMatches });
})();
