// The selected changes of a plan; the plugin stores them, so they survive a reload.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
  const { useRef } = React;

  /**
   * Return the actions that select changes of a plan. The page shows the new selection at once; the plugin stores it, so it holds on all pages.
   * @param {string} planId
   * @param {StashBundle.Loaded} plan the answer of plan_items
   * @param {Record<string, string>} filter what plan_items was asked for; "all" means the items that fit
   */
  function usePlanSelection(planId, plan, filter) {
    const ui = kit.useUi();
    const anchor = useRef(/** @type {string | null} */ (null));
    const items = plan.data ? plan.data.items : [];
    const order = items.map((/** @type {any} */ item) => item.id);
    const send = kit.useSerialAction(async (/** @type {any} */ args) => {
      try {
        await ui.operation("plan_select", { plan_id: planId, ...args });
      } finally {
        plan.reload();
      }
    });
    const selectChanges = (/** @type {string[]} */ keys, /** @type {boolean} */ isOn) => {
      const next = kit.selectInItems(items, new Set(keys), isOn);
      plan.setData({ ...plan.data, items: next.items, selected: plan.data.selected + next.by });
      void send({ selected: isOn, only: keys });
    };
    const selectItem = (/** @type {string} */ key, /** @type {boolean} */ isOn, /** @type {boolean} */ isRange = false) => {
      const chosen = kit.changeSelection(new Set(), order, key, true, isRange ? anchor.current : null);
      anchor.current = key;
      const open = items.filter((/** @type {any} */ item) => chosen.has(item.id)).flatMap(kit.listOpenChanges);
      selectChanges(open.filter((/** @type {any} */ one) => one.selected !== isOn).map((/** @type {any} */ one) => String(one.id)), isOn);
    };
    return {
      selectChanges,
      selectItem,
      selectField: (/** @type {string} */ field, /** @type {boolean} */ isOn) => void send({ selected: isOn, field }),
      selectAll: (/** @type {boolean} */ isOn) => void send({ selected: isOn, ...(kit.isNarrowed(filter) ? { fitting: filter } : {}) }),
    };
  }

  /**
   * Return the selection of one item's changes, for its table.
   * @param {any} item
   * @param {ReturnType<typeof usePlanSelection>} selection
   * @returns {StashBundle.Selection}
   */
  function makeItemSelection(item, selection) {
    const open = kit.listOpenChanges(item);
    const keys = (/** @type {StashBundle.ChangeRow[]} */ rows) => rows.map((one) => String(one.id));
    const changeAll = (/** @type {boolean} */ isOn) => selection.selectChanges(keys(open.filter((/** @type {any} */ one) => one.selected !== isOn)), isOn);
    return {
      selected: new Set(keys(open.filter((/** @type {any} */ one) => one.selected))),
      state: kit.describeItemSelection(item),
      change: (key, isOn) => selection.selectChanges([key], isOn),
      changeAll,
      clear: () => changeAll(false),
    };
  }

  Object.assign(kit, { usePlanSelection, makeItemSelection });
})();
