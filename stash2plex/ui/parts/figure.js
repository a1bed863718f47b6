// A number with its name.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, h } = kit;

  /** Show a number with its name. @param {{label: string, value: any, level?: string}} props */
  function Figure({ label, value, level = "" }) {
    return h("div", { className: `s2p-figure ${level}` }, h("div", { className: "s2p-number" }, value), h("div", { className: "text-muted small" }, label));
  }

  Object.assign(plexSync, { Figure });
})();
