// The host: one invisible component in Stash's app that carries our buttons, messages and the heartbeat once their script is loaded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { ReactDOM, hooks, libraries, patch } = kit.api;
  const { useEffect, useLayoutEffect, useState } = React;
  const PATCHED = ["PerformerPage", "PerformerDetailsPanel", "StudioPage", "StudioDetailsPanel", "TagPage", "HeaderImage", "ScenePage"];
  const FIRST_BEAT = 60000; // milliseconds

  /** Return true for the host that was mounted first; Stash may mount a second one. @param {StashBundle.Ui} ui */
  function useHostClaim(ui) {
    const [token] = useState(() => ({}));
    const [isMine, setMine] = useState(false);
    useLayoutEffect(() => {
      const stop = ui.hostsChanged.listen(() => setMine(ui.hosts[0] === token));
      ui.hosts.push(token);
      ui.hostsChanged.emit();
      return () => {
        stop();
        ui.hosts.splice(ui.hosts.indexOf(token), 1);
        ui.hostsChanged.emit();
      };
    }, [ui, token]);
    return isMine;
  }

  /** Load the host's script when the open page has buttons of ours, when tasks of this tab run, or for the first heartbeat. @param {{ui: StashBundle.Ui}} props */
  function Host({ ui }) {
    const isMine = useHostClaim(ui);
    const entity = kit.matchEntity(libraries.ReactRouterDOM.useLocation().pathname);
    const [isDue, setDue] = useState(ui.member.isWorking);
    const hasButtons = entity !== null && ui.buttons.some((button) => button.kinds.includes(entity.kind));
    const { isLoaded } = kit.useScript(ui.host, isMine && (isDue || hasButtons));
    useEffect(() => {
      const timer = window.setTimeout(() => setDue(true), FIRST_BEAT);
      return () => window.clearTimeout(timer);
    }, []);
    return isMine && isLoaded ? h(kit.UiContext.Provider, { value: ui }, h(kit.Boundary, { fallback: null }, h(kit.HostParts))) : null;
  }

  // Mounted inside parts of Stash's pages: when such a part is drawn again, its button row may be a new element.
  /** @param {{ui: StashBundle.Ui}} props */
  function PageMarker({ ui }) {
    useLayoutEffect(() => ui.drawn.emit());
    return null;
  }

  /**
   * Return props with elements before and after the children; what other plugins put there stays.
   * @param {any} props
   * @param {any} before
   * @param {any} after
   */
  function addChildren(props, before, after) {
    return { ...props, children: h(React.Fragment, null, before, props.children, after) };
  }

  // Up to 0.27 scripts may be loaded after the first page was drawn, without what they register. A change of the address to
  // itself makes Stash draw again; the promise delays it until the plugin's script has registered everything.
  function redrawStash() {
    window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
  }

  /**
   * Mount the host beside Stash's app (0.27 and later), or in its navigation bar if the app cannot be patched or is already
   * drawn. kit.starter calls it.
   * @param {StashBundle.Ui} ui
   */
  function installHost(ui) {
    if (!ReactDOM || !hooks.useToast) return;
    const isDrawn = document.querySelector(".top-nav") !== null;
    if (isDrawn) void Promise.resolve().then(redrawStash);
    for (const name of isDrawn ? ["MainNavBar.MenuItems"] : ["App", "MainNavBar.MenuItems"]) {
      patch.before(name, (props, ...rest) => [addChildren(props, h(Host, { ui }), null), ...rest]);
    }
    for (const name of PATCHED) {
      patch.after(name, (...args) => h(React.Fragment, null, args[args.length - 1], h(PageMarker, { ui })));
    }
  }

  Object.assign(kit, { addChildren, installHost });
})();
