// The badge beside a scene's button: the sync state of the scene in one word.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useEffect, useRef } = React;

  /** Show the badge of a scene; it is read again after a save, after the dialog, and while the scene waits. @param {{entity: StashBundle.Entity, round: number, savedAt: string}} props */
  function SceneBadge({ entity, round, savedAt }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const { data, reload } = kit.useLoad(`badge:${entity.id}`, (signal) => ui.operation("scene_badge", { scene_id: Number(entity.id), saved_at: savedAt }, { signal }));
    const pace = plexSync.chooseBadgePace(data);
    const present = `${round} ${savedAt}`;
    const before = useRef(present);
    useEffect(() => {
      if (round && present !== before.current) reload();
      before.current = present;
    }, [round, present, reload]);
    useEffect(() => (pace ? kit.clock.every(pace, reload) : undefined), [pace, reload]);
    if (!data || !data.badge) return null;
    const title = [data.message, plexSync.describeLastSync(data, t, locale)].filter(Boolean).join(" ");
    return h("span", { className: "s2p-badge", title, role: "status" }, h(plexSync.SyncBadge, { badge: data.badge }));
  }

  Object.assign(plexSync, { SceneBadge });
})();
