// Our parts on Stash's own pages: a row on the front page, and the completeness on cards of performers and studios.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { patch, utils } = kit.api;

  /** Add the parts where this Stash can be patched; starter/start.js calls it. @param {StashBundle.Ui} ui */
  function addStashParts(ui) {
    const { Children, Fragment, cloneElement } = /** @type {any} */ (React);

    /** Show a part of the host's script; nothing is loaded or asked while its setting is off. @param {any} props */
    function Part({ setting, part, ...rest }) {
      const { data } = utils.StashService.useConfiguration();
      const isOn = data?.configuration.plugins[ui.id]?.[setting];
      const { isLoaded } = kit.useScript(ui.host, isOn);
      return isOn && isLoaded ? h(kit.UiContext.Provider, { value: ui }, h(kit.Boundary, { fallback: null }, h(kit[part], rest))) : null;
    }

    const meter = (/** @type {any} */ rest, /** @type {string} */ kind, /** @type {any} */ { id }) => h(Fragment, null, rest, h(Part, { setting: "completenessOnCards", part: "CardMeter", kind, id }));
    const after = (/** @type {string} */ name, /** @type {(drawn: any, props: any) => any} */ draw) => patch.after(name, (...args) => draw(args.pop(), args[0]));
    // While the page is edited or loads, its result is no div.
    after("FrontPage", (page) => {
      if (page?.type !== "div") return page;
      const [rows, ...rest] = Children.toArray(page.props.children);
      return cloneElement(page, {}, rows, h(Part, { key: 1, setting: "frontPageRow", part: "FrontRow" }), ...rest);
    });
    after("PerformerCard.Overlays", (drawn, { performer }) => meter(drawn, "performer", performer));
    after("StudioCard", (card, { studio }) => card && cloneElement(card, { overlays: meter(card.props.overlays, "studio", studio) }));
  }

  Object.assign(kit, { addStashParts });
})();
