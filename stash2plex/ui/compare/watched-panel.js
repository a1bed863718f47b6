// The part of the Compare tab that takes plays, positions and stars from Plex into Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, h } = kit;
  const PREVIEW = "Preview Plays and Stars From Plex";
  const TAKE = "Take Plays and Stars From Plex";

  function WatchedPanel() {
    const t = kit.useText();
    const preview = plexSync.usePreview("watched_preview");
    const take = kit.useTask("watched_take", {});
    const isActive = preview.task.isActive || take.isActive;
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
      h(kit.TaskProgress, { task: preview.task }),
      h(kit.TaskProgress, { task: take }),
      h(plexSync.PreviewPlan, { preview, title: t("watched.plan"), level: "h3", empty: t("watched.plan.none") }),
    );
  }

  Object.assign(plexSync, { WatchedPanel });
})();
