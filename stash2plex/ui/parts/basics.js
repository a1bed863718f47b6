// Small pieces the tabs share: fields, links to both sides, numbers.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useState } = React;

  /** A field that asks when Enter or its button is pressed. @param {{id: string, label: string, value: string, onSearch: (text: string) => void}} props */
  function SearchField({ id, label, value, onSearch }) {
    const t = kit.useText();
    const [text, setText] = useState(value);
    const submit = (/** @type {any} */ event) => {
      event.preventDefault();
      onSearch(text.trim());
    };
    return h(
      "form",
      { className: "s2p-field", role: "search", onSubmit: submit },
      h(Bootstrap.Form.Label, { className: "small", htmlFor: id }, label),
      h(
        Bootstrap.InputGroup,
        { size: "sm" },
        h(Bootstrap.Form.Control, { id, type: "search", className: "text-input", value: text, onChange: (/** @type {any} */ event) => setText(event.target.value) }),
        h(Bootstrap.InputGroup.Append, null, h(Bootstrap.Button, { type: "submit", variant: "secondary", "aria-label": t("search.go") }, h(kit.Icon, { name: "faSearch" }))),
      ),
    );
  }

  /** @param {{id: number, label: string}} props */
  function SceneLink({ id, label }) {
    return h(ReactRouterDOM.Link, { to: `/scenes/${id}` }, label || `#${id}`);
  }

  /** An item of Plex; a link when its page is known. @param {{item: any}} props */
  function PlexLink({ item }) {
    const text = item.title || item.path || item.rating_key;
    return item.url ? h("a", { href: item.url, target: "_blank", rel: "noopener noreferrer" }, text) : h("span", null, text);
  }

  /** A way to another tab of our page. @param {{tab: string, children?: any}} props */
  function TabLink({ tab, children }) {
    const ui = kit.useUi();
    return h(ReactRouterDOM.Link, { to: `${ui.path}/${tab}`, className: "btn btn-secondary btn-sm" }, children);
  }

  /** Where a scene's match is changed. @param {{label: string}} props */
  function MatchLink({ label }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const to = `${ui.path}/matches?text=${encodeURIComponent(label)}`;
    return h(ReactRouterDOM.Link, { to, "aria-label": `${t("match.open")}: ${label}`, className: "small" }, t("match.open"));
  }

  /** Goes back to the last page when the list has become shorter. @param {number} page @param {(page: number) => void} setPage @param {number} size @param {number | undefined} total */
  function useLastPage(page, setPage, size, total) {
    const last = total === undefined ? page : kit.countPages(total, size);
    useEffect(() => {
      if (page > last) setPage(last);
    }, [page, last, setPage]);
  }

  /** One number with its name. @param {{label: string, value: any, level?: string}} props */
  function Figure({ label, value, level = "" }) {
    return h("div", { className: `s2p-figure ${level}` }, h("div", { className: "s2p-number" }, value), h("div", { className: "text-muted small" }, label));
  }

  Object.assign(plexSync, { SearchField, SceneLink, PlexLink, TabLink, MatchLink, Figure, useLastPage });
})();
