// One of several scenes that are compared: its picture above its title and lines of facts.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /**
   * Show one scene of a comparison: its picture with the length in the corner, whose it is, its title and lines of facts; empty lines are left out.
   * @param {{side: string, title: any, image: string | null, length?: string, lines: any[], children?: any}} props
   */
  function SceneSide({ side, title, image, length, lines, children }) {
    const none = h("span", { className: "sbk-side-picture sbk-no-image" }, h(kit.Icon, { name: "faImage" }));
    return h(
      "figure",
      { className: "sbk-side" },
      h("div", { className: "sbk-side-frame" }, h(kit.RemoteImage, { src: image, alt: side, className: "sbk-side-picture", fallback: none }), length && h("span", { className: "sbk-side-length" }, length)),
      h("figcaption", null, h("div", { className: "small text-muted" }, side), h("div", null, title), lines.filter(Boolean).map((line, index) => h("div", { key: index, className: "small" }, line)), children),
    );
  }

  /** Show the sides of a comparison beside each other. @param {{children?: any}} props */
  function SceneSides({ children }) {
    return h("div", { className: "sbk-sides" }, children);
  }

  Object.assign(kit, { SceneSide, SceneSides });
})();
