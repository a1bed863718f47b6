// A bar for a percentage.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, h } = kit;

  /** Show a percentage as a bar. @param {{share: number, label: string}} props */
  function ShareBar({ share, label }) {
    return h(
      "div",
      { className: "progress ps-bar", role: "progressbar", "aria-label": label, "aria-valuenow": share, "aria-valuemin": 0, "aria-valuemax": 100 },
      h("div", { className: "progress-bar", style: { width: `${share}%` } }, share > 12 && `${share} %`),
    );
  }

  Object.assign(performers, { ShareBar });
})();
