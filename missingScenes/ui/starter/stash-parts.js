// Our parts on Stash's own pages: a row on the front page, and the completeness on cards of performers and studios.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { patch, utils } = kit.api;

  /** Show a part of the host's script; nothing is loaded or asked while its setting is off. @param {any} props */
  function Part({ ui, setting, part, ...rest }) {
    const { data } = utils.StashService.useConfiguration();
    const isOn = Boolean(data?.configuration.plugins[ui.id]?.[setting]);
    const { isLoaded } = kit.useScript(ui.host, isOn);
    return isOn && isLoaded ? h(kit.UiContext.Provider, { value: ui }, h(kit.Boundary, { fallback: null }, h(kit[part], rest))) : null;
  }

  /** Add the parts where this Stash can be patched; starter/start.js calls it. @param {StashBundle.Ui} ui */
  function installStashParts(ui) {
    const { Children, Fragment, cloneElement } = /** @type {any} */ (React);
    const meter = (/** @type {any} */ others, /** @type {string} */ kind, /** @type {any} */ { id }) => h(Fragment, null, others, h(Part, { ui, setting: "completenessOnCards", part: "CardMeter", kind, id }));
    // While the page is edited or loads, its result is no div.
    patch.after("FrontPage", (...args) => {
      const page = args[args.length - 1];
      if (!page || page.type !== "div") return page;
      const [rows, ...others] = Children.toArray(page.props.children);
      return cloneElement(page, {}, rows, h(Part, { key: ui.id, ui, setting: "frontPageRow", part: "FrontRow" }), ...others);
    });
    patch.after("PerformerCard.Overlays", (...args) => meter(args[args.length - 1], "performer", args[0].performer));
    patch.after("StudioCard", (...args) => {
      const card = args[args.length - 1];
      return card && cloneElement(card, { overlays: meter(card.props.overlays, "studio", args[0].studio) });
    });
  }

  Object.assign(kit, { installStashParts });
})();
