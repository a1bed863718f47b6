// One of several scenes that are compared: its picture beside its title and lines of facts.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /** Show one scene of a comparison; `side` says whose it is, empty lines are left out. @param {{side: string, title: any, image: string | null, lines: any[], children?: any}} props */
  function SceneSide({ side, title, image, lines, children }) {
    const none = h("span", { className: "sbk-side-picture sbk-no-image" }, h(kit.Icon, { name: "faImage" }));
    return h(
      "figure",
      { className: "sbk-side" },
      h(kit.RemoteImage, { src: image, alt: side, className: "sbk-side-picture", fallback: none }),
      h("figcaption", null, h("span", { className: "small text-muted" }, side), h("div", null, title), lines.filter(Boolean).map((line, index) => h("div", { key: index, className: "small" }, line)), children),
    );
  }

  /** Show the sides of a comparison beside each other, on a phone below each other. @param {{children?: any}} props */
  function SceneSides({ children }) {
    return h("div", { className: "sbk-sides" }, children);
  }

  Object.assign(kit, { SceneSide, SceneSides });
})();
