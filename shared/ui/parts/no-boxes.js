// What a tab shows if Stash has no stash-box to ask.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;

  /** Show that no stash-box can be asked, with the button to the page of Stash that adds one. @param {{text?: string}} props */
  function NoBoxes({ text }) {
    const t = kit.useText();
    return h(
      kit.Empty,
      { icon: "faPlug", title: t("boxes.none"), text: text || t("boxes.none.text") },
      h(ReactRouterDOM.Link, { to: "/settings?tab=metadata-providers", className: "btn btn-primary btn-sm" }, t("boxes.add")),
    );
  }

  Object.assign(kit, { NoBoxes });
})();
