// Entries in the menu of Stash's scene list (Stash 0.30 and later) that open the Scene tags tab.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { hooks, libraries } = kit.api;

  /** Return two entries for the menu; Stash calls this while it renders the menu. @param {StashBundle.Ui} ui @param {any} props */
  function useListActions(ui, props) {
    const history = libraries.ReactRouterDOM.useHistory();
    const { locale } = libraries.Intl.useIntl();
    const toast = hooks.useToast();
    const open = (/** @type {string} */ which) =>
      ui.page.load().then(
        () => ui.openSceneList && ui.openSceneList(ui, { history, locale, which }),
        (/** @type {unknown} */ error) => toast.error(error),
      );
    return [
      { text: kit.say("scope.action.ticked"), onClick: () => open("selected"), isDisplayed: () => Boolean(props.hasSelection) },
      { text: kit.say("scope.action.list"), onClick: () => open("filter"), isDisplayed: () => !props.hasSelection && props.items > 0 },
    ];
  }

  /** Add the entries to the menu; starter/start.js calls it. @param {StashBundle.Ui} ui */
  function installSceneListEntries(ui) {
    kit.api.patch.before("SceneListOperations", (props, ...rest) => {
      const actions = useListActions(ui, props);
      return [Array.isArray(props.operations) ? { ...props, operations: [...props.operations, ...actions] } : props, ...rest];
    });
  }

  Object.assign(kit, { installSceneListEntries });
})();
