// The notice that this Stash is too old for a feature.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const STASH_NEEDED = "0.25";

  /** Return the version of this Stash, "" until it is known. */
  function useStashVersion() {
    const { StashService } = kit.api.utils;
    const answer = StashService.useVersion();
    return (answer.data && answer.data.version && answer.data.version.version) || "";
  }

  /** Show what this Stash is too old for; nothing if it is new enough. */
  function VersionNotice() {
    const ui = kit.useUi();
    const t = kit.useText();
    const version = useStashVersion();
    const needs = [{ since: STASH_NEEDED, what: ui.name }, ...ui.needs.map((need) => ({ ...need, what: t(need.what) }))];
    const unmet = version ? kit.listUnmetNeeds(needs, version) : [];
    if (!unmet.length) return null;
    return h(
      kit.Notice,
      { level: "warning", title: t("needs.title", { version }) },
      h("ul", { className: "mb-0" }, unmet.map((need) => h("li", { key: need.what }, t("needs.row", { what: need.what, since: need.since })))),
    );
  }

  Object.assign(kit, { useStashVersion, VersionNotice });
})();
