// Entries in the menus of Stash's lists of performers, studios and scenes that open the Sync tab.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  // Stash's components of lists, with the kind that each shows.
  const STASH_LISTS = /** @type {Record<string, string>} */ ({ PerformerList: "performer", StudioList: "studio" });

  /**
   * Open the Sync tab with the ids that are selected in a list of Stash.
   * @param {StashBundle.Ui} ui
   * @param {string} kind
   * @param {Set<string>} ids
   */
  function openSyncTab(ui, kind, ids) {
    const base = new URL(document.baseURI).pathname.replace(/\/$/, "");
    window.history.pushState({ key: `ps-${Date.now()}` }, "", `${base}${ui.path}/sync?kind=${kind}&ids=${[...ids].join(",")}`);
    window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
  }

  /** Add an entry for the selected rows to the menus of Stash's lists (0.30.1 and later); starter/start.js calls it. @param {StashBundle.Ui} ui */
  function installListEntries(ui) {
    kit.api.patch.before("SceneListOperations", (props, ...rest) => {
      const entry = { text: kit.say("list.entry"), onClick: () => openSyncTab(ui, "scene", props.selectedIds), isDisplayed: () => props.hasSelection };
      return [Array.isArray(props.operations) ? { ...props, operations: [...props.operations, entry] } : props, ...rest];
    });
    for (const [list, kind] of Object.entries(STASH_LISTS)) {
      kit.api.patch.before(list, (props, ...rest) => {
        const entry = {
          text: kit.say("list.entry"),
          isDisplayed: (/** @type {any} */ _result, /** @type {any} */ _filter, /** @type {Set<string>} */ ids) => ids.size > 0,
          onClick: async (/** @type {any} */ _result, /** @type {any} */ _filter, /** @type {Set<string>} */ ids) => openSyncTab(ui, kind, ids),
        };
        return [{ ...props, extraOperations: [...(props.extraOperations || []), entry] }, ...rest];
      });
    }
  }

  Object.assign(kit, { installListEntries });
})();
