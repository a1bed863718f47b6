// Cards in Stash's grid, for things that are not in the library and so cannot use Stash's own cards.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const NO_IMAGE = h("div", { className: "sbk-no-image", "aria-hidden": true }, h(kit.Icon, { name: "faImage" }));

  /** @param {any} props */
  function CardLink({ href, onOpen, children, ...rest }) {
    if (onOpen) return h("button", { type: "button", className: "sbk-card-link", onClick: onOpen, ...rest }, children);
    return href ? h(kit.OutLink, { href, ...rest }, children) : h("div", rest, children);
  }

  /**
   * Show a card: image, title, lines, and actions below; `onOpen` makes its title a button, `href` a link.
   * @param {{title: string, image?: string | null, imageAlt?: string, href?: string, onOpen?: () => void, lines?: any[], badge?: any,
   *   actions?: any, selection?: any, itemKey?: string, className?: string} & Record<string, any>} props all others are set on the card's element
   */
  function Card({ title, image, imageAlt = "", href, onOpen, lines = [], badge, actions, selection, itemKey = title, className = "", ...frame }) {
    const t = kit.useText();
    const isOn = Boolean(selection) && selection.selected.has(itemKey);
    return h(
      "article",
      { ...frame, className: `grid-card card sbk-card ${isOn ? "sbk-selected" : ""} ${className}` },
      selection &&
        h(
          "div",
          { className: "sbk-card-check" },
          h(kit.SelectBox, {
            label: t("table.select", { name: title }),
            isOn,
            onChange: (/** @type {boolean} */ on, /** @type {boolean} */ isRange) => selection.change(itemKey, on, isRange),
          }),
        ),
      h(
        "div",
        { className: "thumbnail-section" },
        h(CardLink, { href, onOpen, tabIndex: -1, "aria-hidden": true }, h(kit.RemoteImage, { src: image, alt: imageAlt, fallback: NO_IMAGE })),
        badge && h("div", { className: "sbk-card-badge" }, badge),
      ),
      h(
        "div",
        { className: "card-section" },
        h(CardLink, { href, onOpen }, h("h2", { className: "h5 card-section-title" }, title)),
        lines.filter(Boolean).map((line, index) => h("div", { key: index, className: "sbk-card-line" }, line)),
      ),
      actions && h("div", { className: "sbk-card-actions" }, actions),
    );
  }

  /** Show cards side by side; `innerRef` gets the element that holds them. @param {{label: string, innerRef?: any, children?: any}} props */
  function CardGrid({ label, innerRef, children }) {
    return h("div", { className: "sbk-grid", role: "group", "aria-label": label, ref: innerRef }, children);
  }

  Object.assign(kit, { Card, CardGrid });
})();
