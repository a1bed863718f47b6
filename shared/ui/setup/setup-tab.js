// The Setup tab: connections first, then settings.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;

  /** Show the Setup tab: the connections, then the settings. */
  function SetupPanel() {
    const t = kit.useText();
    return h(React.Fragment, null, h(kit.ConnectionTests), h(kit.Section, { title: t("setup.settings") }, h(kit.OwnSettings)));
  }

  Object.assign(kit, { SetupPanel });
})();
