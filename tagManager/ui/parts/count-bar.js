// A number of scenes as a bar, for the tables by tag.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, h } = kit;
  const { Bootstrap } = kit.api.libraries;

  /** A number of scenes with a bar that is as long as its part of `top`; with `onClick` the number is a button. @param {{count: number, top: number, label?: string, onClick?: () => void}} props */
  function CountBar({ count, top, label, onClick }) {
    const number = kit.useNumber();
    const text = `+${number(count)}`;
    return h(
      "div",
      { className: "tm-count-bar" },
      onClick ? h(Bootstrap.Button, { size: "sm", variant: "link", className: "p-0", "aria-label": label, onClick }, text) : h("span", null, text),
      h("span", { className: "progress", "aria-hidden": true }, h("span", { className: "progress-bar", style: { width: `${kit.toPercent(count, top)}%` } })),
    );
  }

  Object.assign(tagging, { CountBar });
})();
