// The Libraries and paths tab: chosen libraries, path rules, templates of texts, and settings of an older Stash2Plex.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;

  /** Show libraries and path rules, or that Plex is not set up. @param {{round: number, onRound: (round: number) => void}} props */
  function PlexSettings({ round, onRound }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const status = kit.useLoad("status", (signal) => ui.operation("status", {}, { signal }));
    if (status.error || !status.data) return h(kit.Pending, { load: status, shape: "boxes" });
    if (!status.data.configured) {
      return h(kit.Empty, { icon: "faPlug", title: t("state.not_set_up.title"), text: t("places.not_set_up") }, h(kit.TabLink, { tab: "overview", variant: "primary" }, t("connect.go")));
    }
    return h(React.Fragment, null, h(plexSync.Libraries, { key: `libraries ${round}`, onRepaired: () => onRound(round + 1) }), h(plexSync.PathRules, { key: `rules ${round}` }), h(plexSync.Templates));
  }

  function LibrariesAndPathsTab() {
    const [round, setRound] = useState(0);
    return h(React.Fragment, null, h(PlexSettings, { key: round, round, onRound: setRound }), h(plexSync.Migration, { onDone: () => setRound(round + 1) }));
  }

  Object.assign(plexSync, { LibrariesAndPathsTab });
})();
