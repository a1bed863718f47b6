// The charts of synced scenes: by day with outages behind them, and the time per scene.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, h } = kit;
  const DRAWN = ["done", "failed"];

  /** Show the scenes synced and failed by day, with the outages of Plex as bands. @param {{data: any, span: number}} props span: in days */
  function SyncedDays({ data, span }) {
    const t = kit.useText();
    const days = plexSync.countByDay(data.days, DRAWN, span, Date.now());
    if (!Object.keys(days).length) return null;
    return h("div", { className: "s2p-days" }, h(kit.DayColumns, { title: t("statistics.by_day"), names: DRAWN.map((name) => t(`statistics.${name}`)), days, outages: data.outages, outageName: t("statistics.outage") }));
  }

  /** Show the seconds that a scene took, by day. @param {{data: any}} props */
  function SecondsPerScene({ data }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const points = plexSync.averageByDay(data.days).map((/** @type {any} */ { day, seconds }) => ({ label: new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day)), value: seconds }));
    if (points.length < 2) return null;
    return h(kit.GrowthLine, { title: t("statistics.seconds.by_day"), unit: t("statistics.seconds.unit"), points });
  }

  Object.assign(plexSync, { SyncedDays, SecondsPerScene });
})();
