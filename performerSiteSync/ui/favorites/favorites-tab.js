// The Favorites tab: settings, a preview per box, and its plan.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { useState } = React;
  const FAVORITE_TASKS = /** @type {Record<string, string>} */ ({ performer: "Sync Favorite Performers (All Sources)", studio: "Sync Favorite Sites (All Sources)" });
  const SETTINGS = ["favoritesDirection", "favoritesRemoval", "autoCreatePerformers", "autoCreateSites"];

  /** Return true if a preview proposes removals without selecting them. @param {StashBundle.Loaded} settings */
  function isAskingForRemovals({ data }) {
    const row = data && data.settings.find((/** @type {any} */ one) => one.key === "favoritesRemoval");
    return Boolean(row) && kit.chooseSettingValue(row, { [row.key]: row.value }) === "ask";
  }

  /** Show the settings of favorites, to be changed where they are used. @param {{load: StashBundle.Loaded, save: (values: StashBundle.Values) => unknown}} props */
  function FavoriteSettings({ load, save }) {
    const render = (/** @type {any} */ data) =>
      h(
        "div",
        { className: "sbk-filters" },
        data.settings
          .filter((/** @type {any} */ row) => SETTINGS.includes(row.key))
          .map((/** @type {any} */ row) => {
            const value = kit.chooseSettingValue(row, { [row.key]: row.value });
            if (row.choices) return h(kit.Picker, { key: row.key, id: `ps-${row.key}`, label: row.label, value: String(value), choices: row.choices, onChange: (/** @type {string} */ next) => save({ [row.key]: next }) });
            return h(kit.Tick, { key: row.key, id: `ps-${row.key}`, label: row.label, isOn: value === true, onChange: (/** @type {boolean} */ isOn) => save({ [row.key]: isOn }) });
          }),
      );
    return h(kit.Loaded, { load, children: render });
  }

  /** @param {{found: StashBundle.Loaded, task: StashBundle.TaskState, onStart: (kind: string, source: any) => unknown}} props */
  function FavoriteBoxes({ found, task, onStart }) {
    const t = kit.useText();
    const columns = [
      { key: "box", title: t("source.box"), className: "ps-tight" },
      { key: "kind", title: t("sync.kind"), className: "ps-tight", render: (/** @type {any} */ one) => t(`report.${one.kind}`) },
      { key: "state", title: t("source.favorites"), render: (/** @type {any} */ one) => h(performers.FavoriteState, { state: one }) },
      {
        key: "go",
        title: t("favorites.single"),
        className: "ps-tight",
        render: (/** @type {any} */ one) =>
          h(kit.ActionButton, { size: "sm", icon: "faEye", disabled: task.isActive, "aria-label": t("favorites.preview", { box: one.box, kind: t(`report.${one.kind}`) }), onClick: () => onStart(one.kind, one) }, t("favorites.look")),
      },
    ];
    const empty = h(kit.NoBoxes);
    const keyOf = (/** @type {any} */ one) => `${one.kind} ${one.endpoint}`;
    return h(kit.Loaded, { load: found, children: (/** @type {any} */ data) => h(kit.Table, { caption: t("source.title"), columns, rows: data.sources, keyOf, empty }) });
  }

  /** Show the favorites of a preview that exist in Stash without a link, each with the button that links it. @param {{planId: string}} props */
  function UnlinkedFavorites({ planId }) {
    const ui = kit.useUi();
    const query = { plan_id: planId, only: "conflict", page_size: 10 };
    const found = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("plan_items", query, { signal }));
    if (found.error || !found.data) return found.error ? h(kit.Pending, { load: found }) : null;
    const items = found.data.items.map((/** @type {any} */ one) => one.changes[0].item).filter((/** @type {any} */ item) => performers.KINDS.includes(item.kind));
    return h(React.Fragment, null, items.map((/** @type {any} */ item) => h(performers.OpenConflicts, { key: `${item.kind} ${item.id}`, about: { kind: item.kind, id: item.id }, isQuiet: true })));
  }

  function FavoritesTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [planId, setPlanId] = useState(/** @type {string | null} */ (null));
    const settings = kit.useSettings(() => setPlanId(null));
    const found = kit.useLoad("favorites_state", (signal) => ui.operation("favorites_state", {}, { signal }));
    const showPlan = (/** @type {StashBundle.Run | null} */ run) => {
      setPlanId(run && run.plan_id ? String(run.plan_id) : null);
      found.reload();
    };
    const task = kit.useTask("favorites", { onEnd: showPlan });
    const start = (/** @type {string} */ kind, /** @type {any} */ source) => {
      setPlanId(null);
      return task.start(FAVORITE_TASKS[kind], { dry_run: true, ...(source && { source: source.endpoint }) }, t("favorites.asking", { box: source ? source.box : t("sync.every_box") }));
    };
    const forAll = (/** @type {string} */ kind) => h(kit.ActionButton, { key: kind, variant: "primary", icon: "faHeart", disabled: task.isActive, onClick: () => start(kind, null) }, t(`favorites.all.${kind}`));
    return h(
      React.Fragment,
      null,
      h("p", null, t("favorites.text")),
      found.data && found.data.sources.length > 0 && h("div", { className: "sbk-toolbar" }, Object.keys(FAVORITE_TASKS).map(forAll)),
      h(FavoriteSettings, settings),
      h(FavoriteBoxes, { found, task, onStart: start }),
      h(kit.TaskProgress, { task }),
      planId && isAskingForRemovals(settings.load) && h("p", { className: "text-muted" }, t("favorites.plan")),
      planId && h(UnlinkedFavorites, { key: `unlinked ${planId}`, planId }),
      planId && h(kit.PlanPanel, { key: planId, planId, onApplied: performers.forgetEntities, empty: h(kit.Empty, { icon: "faHeart", title: t("favorites.none"), text: t("favorites.none.text") }) }),
    );
  }

  Object.assign(performers, { FavoritesTab });
})();
