// Small pieces the tabs share: fields, links to both sides, numbers.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;

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

  /** One number with its name. @param {{label: string, value: any, level?: string}} props */
  function Figure({ label, value, level = "" }) {
    return h("div", { className: `s2p-figure ${level}` }, h("div", { className: "s2p-number" }, value), h("div", { className: "text-muted small" }, label));
  }

  Object.assign(plexSync, { SearchField, SceneLink, PlexLink, TabLink, Figure });
})();
