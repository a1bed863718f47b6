// The entry of the kit: a plugin's start.js calls kit.plugin.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  /**
   * Return the object with which a plugin's start.js registers its page, buttons and settings. All must be registered at once,
   * because Stash draws its first page right after the scripts.
   * @param {StashBundle.PluginOptions} options
   * @returns {StashBundle.Ui}
   */
  function plugin({ id, name, path, icon, words = {}, needs = [], heartbeat = true, describe = () => ({}) }) {
    /** @type {StashBundle.Ui} */
    const ui = {
      id,
      name,
      path,
      icon,
      needs,
      dictionaries: kit.mergeDictionaries(kit.dictionaries, words),
      hasHeartbeat: heartbeat,
      describe,
      tabs: [],
      buttons: [],
      settingFields: {},
      hosts: [],
      hostsChanged: kit.makeSignal(),
      drawn: kit.makeSignal(),
      beats: kit.makeSignal(),
      operation: (operationName, args, options) => kit.operation(id, operationName, args, options),
      runTask: (taskName, args, description) => kit.runTask(id, taskName, args, description),
      addPage: (tabs) => {
        ui.tabs = [...tabs, { key: "history", title: "page.history", component: kit.HistoryPanel }, { key: "setup", title: "page.setup", component: kit.SetupPanel }];
        kit.installPage(ui);
      },
      addEntityButton: (button) => void ui.buttons.push(button),
      addSettingField: (key, component) => void (ui.settingFields[key] = component),
      addSettingsPanel: () => kit.installSettings(ui),
    };
    kit.installHost(ui);
    return ui;
  }

  Object.assign(kit, { plugin });
})();
