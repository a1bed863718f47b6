// The Overview tab: the figures that matter as tiles, who lacks most, and how completeness is distributed.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const COMPLETENESS_TASK = "Check Completeness";

  /** Return the tile of a kind's completeness, with a ring once it was counted. @param {StashBundle.Translate} t @param {string} kind @param {any} sums */
  function makeShareTile(t, kind, sums) {
    const label = t(`completeness.${kind}s`);
    const tab = `completeness?kind=${kind}`;
    if (!sums) return { label, figure: "–", text: t("completeness.none"), tab };
    const share = Math.floor((100 * sums.owned) / sums.total);
    return { label, share, figure: `${share} %`, text: t("overview.complete", { count: sums.complete, total: sums.entities }), tab };
  }

  /** Return the tiles for the operation's answer. @param {StashBundle.Translate} t @param {any} overview */
  function makeTiles(t, { completeness, favorites, marks, cleanup, has_whisparr: hasWhisparr }) {
    const { count, linked } = favorites.performers;
    return [
      makeShareTile(t, "performer", completeness.kinds.performer),
      makeShareTile(t, "studio", completeness.kinds.studio),
      { label: t("browse.favorite_performers"), icon: "faHeart", figure: count, text: t(linked < count ? "overview.unlinked" : "overview.linked", { count: count - linked }), level: linked < count ? "warning" : "", tab: "" },
      { label: t("tab.wanted"), icon: "faBookmark", figure: marks.wanted, tab: "wanted" },
      { label: t("tab.ignored"), icon: "faEyeSlash", figure: marks.ignored, tab: "ignored" },
      hasWhisparr
        ? { label: "Whisparr", icon: "faDownload", figure: cleanup || 0, text: t("overview.cleanup"), tab: "downloads" }
        : { label: "Whisparr", icon: "faDownload", figure: "–", text: t("downloads.off"), tab: "setup" },
    ];
  }

  /** Show how the owned scenes of linked performers grew from check to check. @param {{points: {day: string, owned: number}[]}} props */
  function Growth({ points }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
    return h(kit.GrowthLine, { title: t("overview.growth"), unit: t("overview.growth.unit"), points: points.map(({ day, owned }) => ({ label: format.format(new Date(day)), value: owned })) });
  }

  /** Show who lacks most scenes and how complete the performers are. @param {{completeness: any}} props */
  function CompletenessCharts({ completeness }) {
    const t = kit.useText();
    const rows = completeness.most_missing.map((/** @type {any} */ row) => ({
      key: `${row.id} ${row.endpoint}`,
      label: row.name,
      value: Math.floor(row.share * 100),
      text: t("overview.missing", { count: missing.countMissing(row), share: Math.floor(row.share * 100) }),
      picture: row.image,
      to: `/performers/${row.id}`,
    }));
    const groups = completeness.tenths.map((/** @type {number} */ value, /** @type {number} */ tenth) => ({ label: `${tenth * 10}–${tenth * 10 + 10} %`, value }));
    return h(
      "div",
      { className: "ms-halves" },
      rows.length > 0 && h("section", { className: "card ms-half" }, h(kit.Bars, { title: t("overview.bars"), rows, top: 100 })),
      completeness.growth.length > 1 && h("section", { className: "card ms-half" }, h(Growth, { points: completeness.growth })),
      h("section", { className: "card ms-half" }, h(kit.Distribution, { title: t("overview.tenths"), unit: t("completeness.performers"), groups })),
    );
  }

  function OverviewTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const load = kit.useLoad("overview", (signal) => ui.operation("overview", {}, { signal }));
    const task = kit.useTask("completeness", { onEnd: load.reload });
    const history = kit.api.libraries.ReactRouterDOM.useHistory();
    const checkedAt = load.data && load.data.completeness.checked_at;
    if (load.data && !checkedAt) return h(missing.StartCard, { overview: load.data, onBrowse: () => history.push(`${ui.path}?of=box`), onChecked: load.reload });
    return h(
      React.Fragment,
      null,
      h(kit.TileRow, { label: t("tab.overview"), load, count: 6, children: (/** @type {any} */ data) => makeTiles(t, data) }),
      load.data &&
        h(
          "div",
          { className: "sbk-toolbar" },
          h(kit.ActionButton, { size: "sm", variant: "primary", icon: "faSync", disabled: task.isActive, onClick: () => task.start(COMPLETENESS_TASK, {}, t("completeness.running")) }, t("completeness.check")),
          h("span", { className: "text-muted" }, t("completeness.checked", { moment: kit.formatMoment(checkedAt, locale) })),
        ),
      h(kit.TaskProgress, { task }),
      load.data && h(CompletenessCharts, { completeness: load.data.completeness }),
    );
  }

  /**
   * Show the start page above the list: on the first visit, and while the list has nothing to show. It is asked for only then.
   * @param {{isStuck: boolean, onBrowse: () => void}} props
   */
  function BrowseStart({ isStuck, onBrowse }) {
    const ui = kit.useUi();
    const load = kit.useLoad("overview", (signal) => ui.operation("overview", {}, { signal }));
    if (load.isLoading && !load.data) return h(kit.Skeleton, { className: "card sbk-start ms-start-room" });
    if (!load.data || (!isStuck && load.data.completeness.checked_at)) return null;
    return h(missing.StartCard, { overview: load.data, onBrowse, onChecked: load.reload });
  }

  Object.assign(missing, { COMPLETENESS_TASK, OverviewTab, BrowseStart });
})();
