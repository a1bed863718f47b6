// Entries in Stash's own pages that open a sync: the menu of the scene list (Stash 0.30 and later), buttons of performers and studios.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging } = kit;
  const { scopeCore: core } = tagging;
  const { Intl: ReactIntl, ReactRouterDOM } = kit.api.libraries;
  const NAME_QUERIES = /** @type {Record<string, string>} */ ({
    performer: "query NameOfPerformer($id: ID!) { found: findPerformer(id: $id) { name } }",
    studio: "query NameOfStudio($id: ID!) { found: findStudio(id: $id) { name } }",
  });

  /** Opens the Scene tags tab with a scope. @param {any} history @param {StashBundle.Ui} ui @param {any} scope */
  function openPage(history, ui, scope) {
    history.push(ui.path, { tagManagerScope: scope });
  }

  /** Returns the scope of the scenes selected in the list. @param {StashBundle.Translate} t */
  function readSelected(t) {
    const { ids, total } = core.readSelected(document);
    if (!ids.length) {
      kit.toast.warning(t("scope.none_ticked"));
      return null;
    }
    const count = ids.length;
    if (total > count) kit.toast.warning(t("scope.some_ticked", { count, total }));
    const label = total > count ? t("scope.ticked.some", { count, total }) : t("scope.ticked", { count });
    return { kind: "handed", scope: { scene_ids: ids }, label };
  }

  /** Returns the scope of the list's filter and search. @param {StashBundle.Translate} t */
  function readFilter(t) {
    const list = core.readListFilter(kit.api.utils.StashService.getClient().getObservableQueries().values());
    if (!list) {
      kit.toast.warning(t("scope.no_list"));
      return null;
    }
    if (core.isUnfiltered(list)) return { kind: "all" };
    const label = list.count === null ? t("scope.filtered") : t("scope.filtered.count", { count: list.count });
    return { kind: "handed", scope: { filter: list.filter, text: list.text }, label };
  }

  /** Returns two entries for the menu of the scene list; Stash calls this while it renders the menu. @param {StashBundle.Ui} ui @param {any} props */
  function useListActions(ui, props) {
    const history = ReactRouterDOM.useHistory();
    const { locale } = ReactIntl.useIntl();
    const t = kit.makeTranslate(ui.dictionaries, locale);
    const start = (/** @type {any} */ scope) => scope && openPage(history, ui, scope);
    return [
      { text: t("scope.action.ticked"), onClick: () => start(readSelected(t)), isDisplayed: () => Boolean(props.hasSelection) },
      { text: t("scope.action.list"), onClick: () => start(readFilter(t)), isDisplayed: () => !props.hasSelection && props.items > 0 },
    ];
  }

  /** Adds the entries to Stash's pages; `start.js` calls it once. @param {StashBundle.Ui} ui */
  function addSceneListEntries(ui) {
    kit.api.patch.before("SceneListOperations", (props, ...rest) => {
      const actions = useListActions(ui, props);
      return [Array.isArray(props.operations) ? { ...props, operations: [...props.operations, ...actions] } : props, ...rest];
    });
    const press = async (/** @type {StashBundle.Entity} */ entity, /** @type {{history: any}} */ { history }) => {
      try {
        const { found } = await kit.graphql(NAME_QUERIES[entity.kind], { id: entity.id });
        openPage(history, ui, { kind: entity.kind, option: { id: Number(entity.id), name: found.name } });
      } catch (error) {
        kit.toast.error(error);
      }
    };
    ui.addEntityButton({ key: "sync", kinds: ["performer", "studio"], label: "button.sync", icon: "faTags", onPress: press });
  }

  Object.assign(tagging, { addSceneListEntries });
})();
