// The choice of a filter saved in Stash's list of scenes, for plugins whose operation saved_filters lists them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;

  /** Show the saved filters, and why the chosen one cannot be used. @param {{chosen: any, onChoose: (filter: any) => void}} props */
  function SavedFilterPicker({ chosen, onChoose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad("saved filters", (signal) => ui.operation("saved_filters", {}, { signal }));
    if (found.error || !found.data) return h(kit.Pending, { load: found });
    const filters = /** @type {any[]} */ (found.data.filters);
    if (!filters.length) return h(kit.Notice, { level: "info" }, t("saved_filter.none"));
    const choices = [{ value: "", label: t("saved_filter.choose") }, ...filters.map((one) => ({ value: String(one.id), label: one.name }))];
    const choose = (/** @type {string} */ value) => onChoose(filters.find((one) => String(one.id) === value) || null);
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "sbk-saved-filter", label: t("saved_filter"), value: chosen ? String(chosen.id) : "", choices, onChange: choose })),
      chosen && chosen.problem && h(kit.Notice, { level: "warning" }, chosen.problem),
    );
  }

  Object.assign(kit, { SavedFilterPicker });
})();
