// The start page of a plugin that is not set up yet: what it found, what is missing, and one main button.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /** @param {{title: string, rows: {label: string, text?: string}[], icon: string, level: string}} props */
  function FindingList({ title, rows, icon, level }) {
    if (!rows.length) return null;
    const row = (/** @type {any} */ { label, text }) =>
      h("li", { key: label }, h(kit.Icon, { name: icon, className: `text-${level}` }), h("span", null, h("strong", null, label), text && h("span", { className: "text-muted" }, ` ${text}`)));
    return h("section", { className: "sbk-findings" }, h("h2", { className: "h5" }, title), h("ul", null, rows.map(row)));
  }

  /**
   * Show what the plugin found, what is missing, and its main button (`children`), with the sentence of what the button does.
   * @param {{title: string, text?: string, found: {label: string, text?: string}[], missing: {label: string, text?: string}[], children?: any}} props
   */
  function StartPage({ title, text, found, missing, children }) {
    const t = kit.useText();
    return h(
      "div",
      { className: "sbk-start card" },
      h("h2", null, title),
      h("div", { className: "sbk-start-lists" }, h(FindingList, { title: t("start.found"), rows: found, icon: "faCircleCheck", level: "success" }), h(FindingList, { title: t("start.missing"), rows: missing, icon: "faCircleExclamation", level: "warning" })),
      h("div", { className: "sbk-start-action" }, children, text && h("p", { className: "text-muted mb-0" }, text)),
    );
  }

  Object.assign(kit, { StartPage });
})();
