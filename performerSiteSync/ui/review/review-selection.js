// The selected changes of a review: shown at once, saved by the plugin.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers } = kit;

  /**
   * Return the functions that select changes of a review. The page shows a change at once; the plugin saves them one after the other.
   * @param {StashBundle.Loaded} review
   * @param {any} filter "Select all" selects the items that fit it
   */
  function useReviewSelection(review, filter) {
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
      const other = changes.filter((one) => one.selected !== isOn);
      const only = new Set(other.map((one) => String(one.id)));
      const items = review.data.items.map((/** @type {any} */ one) => (one === item ? performers.selectChanges(one, only, isOn) : one));
      const fields = performers.countFields(review.data.fields, other, isOn);
      review.setData({ ...review.data, items, fields, selected: review.data.selected + (isOn ? only.size : -only.size) });
      void send({ selected: isOn, only: [...only] });
    };
    const sendAndReload = async (/** @type {any} */ args) => {
      await send(args);
      review.reload();
    };
    return {
      select,
      selectAll: (/** @type {boolean} */ isOn) => sendAndReload({ selected: isOn, ...(kit.isNarrowed(filter) && { fitting: filter }) }),
      selectField: (/** @type {string} */ field, /** @type {boolean} */ isOn) => sendAndReload({ selected: isOn, field }),
    };
  }

  Object.assign(performers, { useReviewSelection });
})();
