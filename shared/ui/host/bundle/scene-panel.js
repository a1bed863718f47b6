// What the plugin knows about a scene, for the dialogs of its neighbors.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /** Tell the neighbors how to show this plugin's panel about a scene; its page is loaded only when they do. @param {StashBundle.Ui} ui */
  function offerScenePanel(ui) {
    const button = ui.buttons.find(({ kinds }) => kinds.includes("scene"));
    if (!button) return;
    const render = (/** @type {StashBundle.Entity} */ entity, /** @type {string} */ savedAt) => () => ui.scenePanel && h(ui.scenePanel, { entity, savedAt });
    const showScene = (/** @type {StashBundle.Entity} */ entity, /** @type {string} */ savedAt) => h(kit.UiContext.Provider, { value: ui }, h(kit.WithPage, { render: render(entity, savedAt) }));
    kit.tellBundle(ui.member, { sceneTitle: kit.say(button.label), showScene });
  }

  Object.assign(kit, { offerScenePanel });
})();
