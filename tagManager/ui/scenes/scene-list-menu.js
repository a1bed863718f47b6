// What opens the Scene tags tab from Stash's own pages: the menu of the scene list (Stash 0.30 and later), buttons of performers and studios.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging } = kit;
  const { scopeCore: core } = tagging;
  const NAME_QUERIES = /** @type {Record<string, string>} */ ({
    performer: "query NameOfPerformer($id: ID!) { found: findPerformer(id: $id) { name } }",
    studio: "query NameOfStudio($id: ID!) { found: findStudio(id: $id) { name } }",
  });

  /** Opens the Scene tags tab with a scope. @param {any} history @param {StashBundle.Ui} ui @param {any} scope */
  function openPage(history, ui, scope) {
    history.push(`${ui.path}/sync`, { tagManagerScope: scope });
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

  /** Opens the Scene tags tab with the selected scenes or the list's filter; the starter's menu entries call it. @param {StashBundle.Ui} ui @param {{history: any, locale: string, which: "selected" | "filter"}} choice */
  function openSceneList(ui, { history, locale, which }) {
    const t = kit.makeTranslate(ui.dictionaries, locale);
    const scope = which === "selected" ? readSelected(t) : readFilter(t);
    if (scope) openPage(history, ui, scope);
  }

  /** Opens the Scene tags tab with a performer or studio. @param {StashBundle.Entity} entity @param {{history: any}} tools */
  async function openEntityScope(entity, { history }) {
    try {
      const { found } = await kit.graphql(NAME_QUERIES[entity.kind], { id: entity.id });
      openPage(history, kit.ui, { kind: entity.kind, option: { id: Number(entity.id), name: found.name } });
    } catch (error) {
      kit.toast.error(error);
    }
  }

  Object.assign(tagging, { openSceneList, openEntityScope });
})();
