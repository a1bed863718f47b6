// The selected changes of a review: shown at once, saved by the plugin.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers } = kit;

  /**
   * Return the functions that select changes of a review. The page shows a change at once; the plugin saves them one after the other.
   * @param {StashBundle.Loaded} review
   */
  function useReviewSelection(review) {
    const ui = kit.useUi();
    const send = kit.useSerialAction(async (/** @type {any} */ args) => {
      try {
        await ui.operation("plan_select", { plan_id: review.data.plan_id, ...args });
      } catch (error) {
        review.reload();
        throw error;
      }
    });
    const select = (/** @type {any} */ item, /** @type {any[]} */ changes, /** @type {boolean} */ isOn) => {
      const only = new Set(changes.filter((one) => one.selected !== isOn).map((one) => String(one.id)));
      const items = review.data.items.map((/** @type {any} */ one) => (one === item ? performers.selectChanges(one, only, isOn) : one));
      review.setData({ ...review.data, items, selected: review.data.selected + (isOn ? only.size : -only.size) });
      void send({ selected: isOn, only: [...only] });
    };
    const selectAll = async (/** @type {boolean} */ isOn) => {
      await send({ selected: isOn });
      review.reload();
    };
    return { select, selectAll };
  }

  Object.assign(performers, { useReviewSelection });
})();
