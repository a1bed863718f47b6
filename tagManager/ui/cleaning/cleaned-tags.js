// The tags that a plan takes off, each with a checkbox for all its objects; and the button that keeps deselected ones for good.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useState } = React;
  const PAGE_SIZE = 10;
  const KEEPS = { keeps: true };

  /** The tags of a plan with their numbers of objects; nothing if the plan takes no tags off. @param {{planId: string, round: number, onChange: () => void}} props */
  function CleanedTags({ planId, round, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const args = { plan_id: planId, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify({ ...args, round }), (signal) => ui.operation("cleaning_tags", args, { signal }), KEEPS);
    const select = kit.useAction(async (/** @type {any} */ row, /** @type {boolean} */ selected) => {
      await ui.operation("cleaning_select", { plan_id: planId, tag_id: row.id, selected });
      onChange();
    });
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    if (!found.data || !found.data.count) return null;
    const tick = (/** @type {any} */ row) =>
      h(kit.Tick, { id: `tm-clean-${row.id}`, label: row.name, isOn: row.selected > 0, onChange: (/** @type {boolean} */ isOn) => void select.run(row, isOn) });
    const columns = [
      { key: "name", title: t("cleaning.tag"), render: tick },
      { key: "objects", title: t("cleaning.objects"), render: (/** @type {any} */ row) => t("cleaning.selected_of", { count: row.selected, total: row.objects }) },
    ];
    return h(tagging.Listing, { found, items: "tags", columns, caption: t("cleaning.by_tag"), page, size: PAGE_SIZE, onPage: setPage, keyOf: (/** @type {any} */ row) => String(row.id) });
  }

  /** Makes the deselected tags of a plan the person's own, so that no later plan lists them. @param {{planId: string}} props */
  function KeepButton({ planId }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const keep = async () => {
      const { count } = await ui.operation("withdrawn_keep", { plan_id: planId });
      kit.toast.success(t("cleaning.kept", { count }));
    };
    return h(kit.ActionButton, { onClick: keep }, t("cleaning.keep"));
  }

  Object.assign(tagging, { CleanedTags, KeepButton });
})();
