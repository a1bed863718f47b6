// The entry of a plugin's page script: its start.js calls kit.plugin, and adds to what its starter has registered.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  /**
   * Return the plugin's object, with its texts and the functions that add the tabs, dialogs and fields of its page.
   * @param {StashBundle.PluginOptions} options
   * @returns {StashBundle.Ui}
   */
  function plugin({ words = {}, needs = [], setup = [], describe = () => ({}), itemHead = null, itemThumb = null, itemName = null, history = "runs" }) {
    const { ui } = kit;
    return Object.assign(ui, {
      needs,
      setup,
      describe,
      itemHead,
      itemThumb,
      itemName,
      history,
      work: kit.makeSignal(),
      shownSlots: kit.makeSignal(),
      undoneRuns: kit.makeSignal(),
      tested: kit.makeSignal(),
      answered: kit.makeSignal(),
      runningTests: 0,
      dictionaries: kit.mergeDictionaries(kit.starterWords, kit.dictionaries, words),
      operation: (/** @type {string} */ name, /** @type {any} */ args, /** @type {any} */ options) => kit.operation(ui.id, name, args, options).finally(() => ui.answered.emit(true)),
      runTask: (/** @type {string} */ name, /** @type {any} */ args, /** @type {any} */ description) => kit.runTask(ui.id, name, args, description),
      addPage: (/** @type {StashBundle.Tab[]} */ tabs) => {
        ui.tabs = [...tabs, { key: "history", title: "page.history", component: kit.HistoryPanel }, { key: "setup", title: "page.setup", component: kit.SetupPanel }];
      },
      completeButton: (/** @type {string} */ key, /** @type {Partial<StashBundle.EntityButton>} */ parts) => {
        Object.assign(ui.buttons.find((button) => button.key === key) || {}, parts);
      },
      addSettingField: (/** @type {string} */ key, /** @type {any} */ component) => void (ui.settingFields[key] = component),
    });
  }

  Object.assign(kit, { plugin });
})();
