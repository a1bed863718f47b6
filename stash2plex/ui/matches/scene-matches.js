// The match map: the item of each scene, how it was found, and links made by hand.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const PICTURES_AT_ONCE = 25;
  const HOWS = ["path", "name and size", "name and duration", "name", "guess", "ambiguous", "none", "manual", "unlinked"];

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

  /** Unlink the selected scenes, or match them by their files again. @param {{selection: StashBundle.Selection, onDone: () => void}} props */
  function BulkActions({ selection, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const act = (/** @type {boolean} */ forget) => async () => {
      const { count } = await ui.operation("matches_unlink", { scene_ids: [...selection.selected].map(Number), forget });
      kit.toast.success(t(forget ? "match.forgotten.many" : "match.unlinked.many", { count }));
      selection.clear();
      onDone();
    };
    return h(React.Fragment, null, h(kit.ActionButton, { size: "sm", onClick: act(true) }, t("match.forget")), h(kit.ActionButton, { size: "sm", onClick: act(false) }, t("match.unlink")));
  }

  /** @param {{match: any}} props */
  function MatchReason({ match }) {
    const t = kit.useText();
    const says = match.evidence && match.evidence !== match.file && match.how !== "manual" && match.how !== "unlinked" && match.how !== "path";
    return h(React.Fragment, null, t(`how.${match.how}`), says && h("div", { className: "text-muted small" }, match.evidence), match.message && h("div", { className: "text-warning small" }, match.message));
  }

  /** @param {{found: any, onLink: (match: any, key: string) => unknown, onPick: (match: any) => void, rows: any, isFiltered: boolean}} props */
  function MatchTable({ found, onLink, onPick, rows, isFiltered }) {
    const t = kit.useText();
    const matches = found.data ? found.data.matches : [];
    const selection = kit.useSelection(matches.map((/** @type {any} */ row) => String(row.scene_id)));
    const keys = [...new Set(matches.flatMap((/** @type {any} */ row) => row.items.map((/** @type {any} */ item) => item.rating_key)))].slice(0, PICTURES_AT_ONCE);
    const { pictures } = plexSync.usePlexPictures(keys);
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "table" });
    const empty = isFiltered ? h(kit.Empty, { icon: "faSearch", title: t("match.no_hit") }) : h(kit.Empty, { icon: "faLink", title: t("match.none"), text: t("match.none.text") });
    const done = (/** @type {any} */ row) => rows.outcomes[row.scene_id];
    const columns = [
      { key: "label", title: t("queue.scene"), className: "sbk-value", render: (/** @type {any} */ row) => h(plexSync.SceneName, { id: row.scene_id, label: row.label }, h("div", { className: "text-muted small" }, row.file)) },
      { key: "items", title: t("match.item"), className: "sbk-value", render: (/** @type {any} */ row) => h("div", { ref: rows.rowRef(String(row.scene_id)) }, h(plexSync.MatchedItems, { match: row, pictures, canChoose: !done(row), onLink: (/** @type {string} */ key) => onLink(row, key) })) },
      { key: "how", title: t("match.how"), render: (/** @type {any} */ row) => h(MatchReason, { match: row }) },
      { key: "actions", title: "", render: (/** @type {any} */ row) => (done(row) ? h("span", { className: "text-success" }, done(row)) : h(MatchActions, { match: row, onChange: found.reload, onPick })) },
    ];
    const actions = h(BulkActions, { selection, onDone: found.reload });
    return h(kit.Table, { caption: t("tab.matches"), columns, rows: matches, keyOf: (/** @type {any} */ row) => String(row.scene_id), nameOf: (/** @type {any} */ row) => row.label, selection, actions, empty, isBusy: found.isLoading });
  }

  /** Show the scenes with their items in Plex, with a filter and a search. */
  function SceneMatches() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const { search } = ReactRouterDOM.useLocation();
    const named = new URLSearchParams(search);
    const [asked, setAsked] = useState({ how: named.get("how") || "", text: named.get("text") || "" });
    const [picking, setPicking] = useState(/** @type {any} */ (null));
    const query = { ...asked, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("match_list", query, { signal }), { keeps: true });
    const rows = kit.useRowOutcomes(found.data ? found.data.matches.map((/** @type {any} */ row) => String(row.scene_id)) : []);
    const { count = 0, by_how: byHow = {} } = found.data || {};
    kit.useLastPage(page, setPage, PAGE_SIZE, found.data ? count : undefined);
    const filter = (/** @type {any} */ part) => {
      setAsked({ ...asked, ...part });
      setPage(1);
      rows.clear();
    };
    const link = async (/** @type {number} */ scene, /** @type {string} */ key) => {
      await ui.operation("match_link", { scene_id: scene, rating_key: key });
      kit.toast.success(t("match.linked"));
      found.reload();
    };
    const choose = async (/** @type {any} */ match, /** @type {string} */ key) => {
      const run = () => ui.operation("match_link", { scene_id: match.scene_id, rating_key: key });
      const undo = () => ui.operation("match_unlink", { scene_id: match.scene_id, forget: true });
      await rows.decide(String(match.scene_id), { text: t("match.linked"), run, undo });
    };
    const known = HOWS.filter((how) => byHow[how] || how === asked.how);
    const choices = [{ value: "", label: t("match.all") }, ...known.map((how) => ({ value: how, label: `${t(`how.${how}`)} (${byHow[how] || 0})` }))];
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "s2p-bar" },
        h(kit.Picker, { id: "s2p-how", label: t("match.how"), value: asked.how, choices, onChange: (/** @type {string} */ how) => filter({ how }) }),
        h(plexSync.SearchField, { id: "s2p-text", label: t("match.search"), value: asked.text, onSearch: (/** @type {string} */ text) => filter({ text }) }),
      ),
      h(MatchTable, { found, onLink: choose, onPick: setPicking, rows, isFiltered: Boolean(asked.how || asked.text) }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: count, onPage: setPage }),
      picking && h(LinkDialog, { match: picking, onClose: () => setPicking(null), onLink: link }),
    );
  }

  Object.assign(plexSync, { SceneMatches });
})();
