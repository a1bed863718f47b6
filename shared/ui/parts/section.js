// A section with the look of Stash's settings.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /** Show a section of a settings page; `action` stands beside its title. @param {{title: string, children?: any, action?: any}} props */
  function Section({ title, children, action }) {
    return h(
      "section",
      { className: "setting-section sbk-section" },
      h("div", { className: "sbk-section-head" }, h("h2", null, title), action),
      h("div", { className: "card" }, children),
    );
  }

  Object.assign(kit, { Section });
})();
