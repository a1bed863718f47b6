// The releases that the indexers of Whisparr offer for a scene, each with a button that grabs it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, h } = kit;

  /** Show one release: what it is, what speaks against it, and the button. @param {{release: any, onGrab: (release: any) => unknown}} props */
  function ReleaseRow({ release, onGrab }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const isRejected = release.rejections.length > 0;
    const label = t(isRejected ? "release.grab.rejected" : "release.grab");
    return h(
      "li",
      { className: "ms-release" },
      h(
        "div",
        { className: "ms-release-text" },
        h("div", { className: "ms-release-title" }, release.title),
        h("div", { className: "small text-muted" }, missing.describeRelease(release, t, locale)),
        isRejected && h("div", { className: "small text-warning" }, release.rejections.join(" · ")),
      ),
      h(kit.ActionButton, { size: "sm", icon: "faDownload", variant: isRejected ? "secondary" : "primary", onClick: () => onGrab(release), "aria-label": `${label}: ${release.title}` }, label),
    );
  }

  /**
   * Return the releases of a scene with the functions that look for them; indexers that need long go on in a task.
   * @param {any} args endpoint and scene_id
   * @param {any} known the answer of `whisparr_explain`, or null
   * @param {() => void} onFound
   */
  function useReleases(args, known, onFound) {
    const ui = kit.useUi();
    const t = kit.useText();
    const task = kit.useTask("releases", { onEnd: onFound });
    const look = async () => {
      const answer = await ui.operation("whisparr_releases", { ...args, look: true });
      if (answer.job_id) task.adopt(kit.readTaskHandle(answer, t("release.looking")));
      else onFound();
    };
    return { task, look, releases: known ? known.releases : [], searchedAt: known ? known.searched_at : null };
  }

  /** Show the releases of a scene and the button that looks for them. @param {{found: any, onGrab: (release: any) => unknown}} props `found`: what useReleases returns */
  function ReleaseList({ found, onGrab }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { task, look, releases, searchedAt } = found;
    const button = h(kit.ActionButton, { size: "sm", icon: "faSearch", disabled: task.isActive, onClick: look }, t(searchedAt ? "release.look.again" : "release.look"));
    return h(
      "section",
      { className: "ms-part" },
      h("div", { className: "ms-part-head" }, h("h3", { className: "h6" }, t("release.title")), button),
      h("p", { className: "small text-muted" }, searchedAt ? t("release.found", { count: releases.length, moment: kit.formatMoment(searchedAt, locale) }) : t("release.text")),
      h(kit.TaskProgress, { task }),
      releases.length > 0 && h("ul", { className: "ms-releases", "aria-label": t("release.title") }, releases.map((/** @type {any} */ release) => h(ReleaseRow, { key: release.key, release, onGrab }))),
    );
  }

  Object.assign(missing, { useReleases, ReleaseList });
})();
