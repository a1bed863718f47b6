// The entry of the starter: a plugin's starter/start.js calls kit.starter.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /** Return the object of the plugin on this page of Stash, without its page. @param {StashBundle.StarterOptions} options @returns {StashBundle.Ui} */
  function makeUi({ id, name, path, icon, heartbeat = true, buttons = [] }) {
    const host = kit.makeLazyScript(id, kit.scripts.host);
    return /** @type {any} */ ({
      id,
      name,
      path,
      icon,
      needs: [],
      dictionaries: kit.starterWords,
      hasHeartbeat: heartbeat,
      describe: () => ({}),
      tabs: [],
      buttons,
      settingFields: {},
      hosts: [],
      hostsChanged: kit.makeSignal(),
      drawn: kit.makeSignal(),
      beats: kit.makeSignal(),
      host,
      page: kit.makeLazyScript(id, kit.scripts.page, host.load),
      isPageOpen: false,
      keptDue: 0,
      startedAt: Date.now(),
      member: kit.joinBundle({ id, name, path, icon }),
    });
  }

  /** Return what the last heartbeat of any tab found, and whether tasks of this tab ran before a reload. @param {string} id */
  function readSigns(id) {
    try {
      const kept = JSON.parse(localStorage[`stash-bundle:${id}:beat`] || "{}");
      return { ...(kept.due > Date.now() ? kept.signs : {}), isWorking: Boolean(sessionStorage[`stash-bundle:${id}:jobs`]) };
    } catch {
      return {}; // private windows may forbid storage
    }
  }

  /**
   * Register the plugin's page, buttons and settings with Stash, and return its object. All is registered at once, because Stash
   * draws its first page right after the scripts; the plugin's page script is loaded when it is needed.
   * @param {StashBundle.StarterOptions} options
   */
  function starter(options) {
    const ui = makeUi(options);
    kit.ui = ui;
    window.StashBundleKits = { ...window.StashBundleKits, [ui.id]: kit };
    Object.assign(ui.member, readSigns(ui.id));
    kit.installHost(ui);
    kit.installNavButton();
    kit.installSettings(ui);
    kit.api.register.route(ui.path, () =>
      h(kit.UiContext.Provider, { value: ui }, h(kit.Boundary, null, h(kit.WithPage, { render: () => h(kit.Page) }))),
    );
    return ui;
  }

  Object.assign(kit, { starter });
})();
