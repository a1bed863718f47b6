// Calls of the plugin from parts on Stash's own pages.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  /** Return the answer of an operation of the plugin; throw with its message if it failed. @param {StashBundle.Ui} ui @param {string} name @param {Record<string, unknown>} [args] */
  async function askFromStash(ui, name, args = {}) {
    const reply = await kit.post(kit.RUN_OPERATION, { id: ui.id, args: { ...args, operation: name } });
    const { data, errors } = await reply.json();
    if (errors) throw new Error(errors[0].message);
    return data.runPluginOperation;
  }

  Object.assign(kit, { askFromStash });
})();
