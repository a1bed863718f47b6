// The Overview tab: what happens now, the figures that lead to the other tabs, the last 30 days, and the scenes sent last.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const TILES = 6;
  const SPAN = 30; // days of the chart, as the operation counts them

  /** Return the tiles of the Overview tab. @param {any} data @param {StashBundle.Translate} t @param {string} locale */
  function makeTiles({ status, by_how: byHow, linked, statistics }, t, locale) {
    const { queue } = status;
    const all = Object.values(byHow).reduce((sum, count) => sum + Number(count), 0);
    const open = queue.parked + queue.dead;
    const rate = statistics.success_rate;
    const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
    return [
      { figure: linked, label: t("overview.linked"), text: t("overview.linked.of", { count: all }), tab: "matches", share: all ? Math.floor((100 * linked) / all) : 0 },
      { figure: open, label: t("overview.attention"), text: open ? t("overview.attention.some", { parked: queue.parked, dead: queue.dead }) : t("overview.attention.none"), level: open ? "warning" : "success", tab: `queue?state=${queue.dead ? "dead" : "parked"}` },
      { figure: queue.waiting + queue.working, label: t("queue.waiting"), text: t("overview.waiting"), tab: "queue?state=waiting" },
      { figure: byHow.ambiguous || 0, label: t("overview.ambiguous"), text: t("overview.ambiguous.text"), level: byHow.ambiguous ? "warning" : "", tab: "matches?how=ambiguous" },
      { figure: byHow.none || 0, label: t("overview.missing"), text: t("overview.missing.text"), tab: "matches?how=none" },
      { figure: rate === null ? t("statistics.unknown") : percent.format(Math.floor(rate * 1000) / 1000), label: t("statistics.rate"), text: t("statistics.30"), level: statistics.totals.failed ? "warning" : "", tab: "statistics" },
    ];
  }

  /** Show the scenes that were sent last, each with its cover. @param {{recent: any[]}} props */
  function RecentScenes({ recent }) {
    const t = kit.useText();
    if (!recent.length) return null;
    const card = (/** @type {any} */ scene) => h("li", { key: scene.scene_id }, h(plexSync.SceneName, { id: scene.scene_id, label: scene.label }, h("div", { className: "text-muted small" }, h(kit.FromNow, { moment: scene.sent }))));
    return h("section", null, h("h2", { className: "h5" }, t("overview.recent")), h("ul", { className: "s2p-recent" }, recent.map(card)));
  }

  /** @param {{live: any}} props */
  function Figures({ live }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const { done, waiting, parked, dead, working } = live.status.queue;
    const load = kit.useLoad(`overview:${[done, waiting, parked, dead, working]}`, (signal) => ui.operation("overview", {}, { signal }), { keeps: true });
    return h(
      React.Fragment,
      null,
      h(kit.TileRow, { label: t("tab.overview"), load, count: TILES }, (/** @type {any} */ data) => makeTiles(data, t, locale)),
      load.data && h(plexSync.SyncedDays, { data: load.data.statistics, span: SPAN }),
      load.data && h(RecentScenes, { recent: load.data.recent }),
    );
  }

  /** Show the start page until syncing was started, then the state of the queue and the figures. */
  function OverviewTab() {
    const live = plexSync.useQueue();
    if (!live.status) return live.error ? h(kit.ErrorBox, { error: live.error, onRetry: live.refresh }) : h("div", { className: "sbk-tiles" }, h(kit.Skeleton, { count: TILES, className: "card sbk-tile" }));
    if (plexSync.isNew(live.status)) return h(plexSync.StartPanel, { live });
    return h(React.Fragment, null, live.error && h(kit.ErrorBox, { error: live.error, onRetry: live.refresh }), h(plexSync.StatePanel, { live }), h(Figures, { live }));
  }

  Object.assign(plexSync, { OverviewTab });
})();
