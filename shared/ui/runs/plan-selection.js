// The selected changes of a plan; the plugin stores them, so they survive a reload.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
  const { useRef } = React;

  /**
   * Return the selection of a plan's shown page for the table, with actions for all pages. The plugin stores it, so it holds on all pages.
   * @param {string} planId
   * @param {StashBundle.Loaded} plan
   */
  function usePlanSelection(planId, plan) {
    const ui = kit.useUi();
    const anchor = useRef(/** @type {string | null} */ (null));
    const changes = /** @type {StashBundle.ChangeRow[]} */ (plan.data ? plan.data.changes : []);
    const order = changes.filter((one) => one.outcome === "planned").map((one) => String(one.id));
    const selected = new Set(changes.filter((one) => one.selected).map((one) => String(one.id)));
    const send = kit.useSerialAction(async (/** @type {any} */ args) => {
      try {
        await ui.operation("plan_select", { plan_id: planId, ...args });
      } finally {
        plan.reload();
      }
    });
    const apply = (/** @type {ReadonlySet<string>} */ next, /** @type {boolean} */ isOn) => {
      const only = order.filter((key) => next.has(key) !== selected.has(key));
      const shown = changes.map((one) => ({ ...one, selected: next.has(String(one.id)) }));
      const count = plan.data.selected + (isOn ? only.length : -only.length);
      plan.setData({ ...plan.data, changes: shown, selected: count });
      void send({ selected: isOn, only });
    };
    return {
      selected,
      state: kit.describeSelection(selected, order),
      change: (/** @type {string} */ key, /** @type {boolean} */ isOn, /** @type {boolean} */ isRange) => {
        apply(kit.changeSelection(selected, order, key, isOn, isRange ? anchor.current : null), isOn);
        anchor.current = key;
      },
      changeAll: (/** @type {boolean} */ isOn) => apply(kit.changeAll(selected, order, isOn), isOn),
      clear: () => void send({ selected: false }),
      selectEverything: () => void send({ selected: true }),
    };
  }

  Object.assign(kit, { usePlanSelection });
})();
