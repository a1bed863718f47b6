// What the host carries: messages once the plugin's page is loaded, the heartbeat, and the buttons.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;

  /** Show the buttons and run what repeats; the starter's host renders it once in Stash's app. */
  function HostParts() {
    const ui = kit.useUi();
    const { isLoaded } = kit.useScript(ui.page, false);
    React.useEffect(() => {
      kit.watchJobs(ui);
      kit.offerScenePanel(ui);
    }, [ui]);
    return h(React.Fragment, null, isLoaded && h(kit.ToastBridge), h(kit.Heartbeat), h(kit.EntityButtons));
  }

  Object.assign(kit, { HostParts });
})();
