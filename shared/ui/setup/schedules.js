// The schedules in Setup: what the plugin starts by itself, when it is due, and what started it last.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /** Show when a schedule is due next, or why it is not. @param {{row: StashBundle.ScheduleRow}} props */
  function NextTime({ row }) {
    const t = kit.useText();
    const state = kit.readScheduleState(row, Date.now());
    return state === "waits" ? h(kit.FromNow, { moment: row.next }) : h("span", null, t(`schedules.${state}`));
  }

  /** Show what started a task last because it was due. @param {{row: StashBundle.ScheduleRow}} props */
  function StartedBy({ row }) {
    const t = kit.useText();
    if (!row.started) return h("span", null, t("schedules.never"));
    return h("span", null, t(`schedules.by.${row.started_by}`), ", ", h(kit.FromNow, { moment: row.started }));
  }

  /** Show the plugin's schedules; nothing if it has none. */
  function Schedules() {
    const ui = kit.useUi();
    const t = kit.useText();
    const load = kit.useLoad("schedules", (/** @type {AbortSignal} */ signal) => ui.operation("schedules", {}, { signal }));
    if (load.data && !load.data.schedules.length) return null;
    const columns = [
      { key: "title", title: t("schedules.task") },
      { key: "last", title: t("schedules.last"), render: (/** @type {StashBundle.ScheduleRow} */ row) => (row.last ? h(kit.FromNow, { moment: row.last }) : t("schedules.never")) },
      { key: "next", title: t("schedules.next"), render: (/** @type {StashBundle.ScheduleRow} */ row) => h(NextTime, { row }) },
      { key: "started", title: t("schedules.started"), render: (/** @type {StashBundle.ScheduleRow} */ row) => h(StartedBy, { row }) },
    ];
    return h(
      kit.Section,
      { title: t("schedules.title") },
      h("p", { className: "small text-muted px-3 pt-3 mb-0" }, t("schedules.text")),
      h(kit.Loaded, { load, shape: "table" }, (/** @type {{schedules: StashBundle.ScheduleRow[]}} */ data) =>
        h(kit.Table, { caption: t("schedules.title"), columns, rows: data.schedules, keyOf: (/** @type {StashBundle.ScheduleRow} */ row) => row.mode }),
      ),
    );
  }

  Object.assign(kit, { Schedules });
})();
