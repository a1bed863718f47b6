// The part of the Compare tab that takes plays, positions and stars from Plex into Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const PREVIEW = "Preview Plays and Stars From Plex";
  const TAKE = "Take Plays and Stars From Plex";

  function WatchedPanel() {
    const t = kit.useText();
    const preview = kit.useTask("watched_preview", {});
    const take = kit.useTask("watched_take", {});
    const isActive = preview.isActive || take.isActive;
    const planId = preview.run && preview.phase === "finished" ? preview.run.plan_id : null;
    return h(
      "div",
      { className: "s2p-block" },
      h("p", { className: "text-muted" }, t("watched.text")),
      h(
        "div",
        { className: "s2p-bar" },
        h(kit.ActionButton, { size: "sm", variant: "primary", icon: "faSearch", disabled: isActive, "aria-label": `${t("watched.preview")}: ${t("watched.title")}`, onClick: () => preview.start(PREVIEW, {}, t("watched.previewing")) }, t("watched.preview")),
        h(kit.ActionButton, { size: "sm", icon: "faDownload", disabled: isActive, onClick: () => take.start(TAKE, {}, t("watched.taking")) }, t("watched.take")),
      ),
      h(kit.TaskProgress, { task: preview }),
      h(kit.TaskProgress, { task: take }),
      planId && h(React.Fragment, null, h("h3", { className: "h5" }, t("watched.plan")), h(kit.PlanPanel, { planId, empty: h("p", null, t("watched.plan.none")) })),
    );
  }

  Object.assign(plexSync, { WatchedPanel });
})();
