// The Matches tab: scenes with their items, or items without a scene.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;

  /** Show the items without a scene. An empty list is explained when the library was not read yet. */
  function UnmatchedItems() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [text, setText] = useState("");
    const status = kit.useLoad("index", (signal) => ui.operation("status", {}, { signal }));
    if (status.error || !status.data) return h(kit.Pending, { load: status });
    const isRead = Boolean(status.data.index.refreshed);
    const none = isRead ? { title: t("match.items.none") } : { title: t("match.items.unread"), text: t("match.items.unread.text") };
    return h(
      React.Fragment,
      null,
      h("div", { className: "s2p-bar" }, h(plexSync.SearchField, { id: "s2p-loose", label: t("match.pick.search"), value: text, onSearch: setText })),
      h(plexSync.ItemList, { operation: "plex_unmatched", text, empty: text && isRead ? { title: t("match.pick.none") } : none }),
    );
  }

  function MatchesTab() {
    const t = kit.useText();
    const [side, setSide] = useState("scenes");
    const choices = ["scenes", "items"].map((value) => ({ value, label: t(`match.${value}`) }));
    return h(
      React.Fragment,
      null,
      h("div", { className: "s2p-bar" }, h(kit.Picker, { id: "s2p-side", label: t("match.show"), value: side, choices, onChange: setSide })),
      side === "scenes" ? h(plexSync.SceneMatches) : h(UnmatchedItems),
    );
  }

  Object.assign(plexSync, { MatchesTab });
})();
