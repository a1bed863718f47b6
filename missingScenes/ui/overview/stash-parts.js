// The switches of our parts on Stash's own pages, on the start page and the Completeness tab.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, h } = kit;
  const PARTS = ["frontPageRow", "completenessOnCards"];

  /** Show one switch for each part. @param {{settings: any}} props `settings`: what kit.useSettings returns */
  function StashPartTicks({ settings }) {
    const t = kit.useText();
    const { load, save } = settings;
    if (load.error || !load.data) return h(kit.Pending, { load, lines: 2 });
    const tick = (/** @type {string} */ key) => {
      const row = load.data.settings.find((/** @type {any} */ one) => one.key === key);
      return h(kit.Tick, { key, id: `ms-${key}`, label: t(`parts.${key}`), isOn: Boolean(row.value), onChange: (/** @type {boolean} */ isOn) => save({ [key]: isOn }) });
    };
    return h("div", { className: "ms-ticks" }, PARTS.map(tick));
  }

  Object.assign(missing, { StashPartTicks });
})();
