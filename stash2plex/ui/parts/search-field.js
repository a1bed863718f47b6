// A search field with a button.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Show a field that searches when Enter or its button is pressed. @param {{id: string, label: string, value: string, onSearch: (text: string) => void}} props */
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

  Object.assign(plexSync, { SearchField });
})();
