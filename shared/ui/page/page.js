// A plugin's page: its title and its tabs.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useRef } = React;

  /**
   * Set the browser's title while the page is open. Stash sets its own one frame after a page change, so ours is set again and
   * Stash's is restored on leaving.
   * @param {string} title
   */
  function usePageTitle(title) {
    useEffect(() => {
      const ours = `${title} | Stash`;
      let before = document.title;
      let frame = 0;
      const setTitle = (/** @type {number} */ times) => {
        if (document.title !== ours) before = document.title;
        document.title = ours;
        if (times) frame = window.requestAnimationFrame(() => setTitle(times - 1));
      };
      setTitle(2);
      return () => {
        window.cancelAnimationFrame(frame);
        if (document.title === ours) document.title = before;
      };
    }, [title]);
  }

  /** @param {{ui: StashBundle.Ui}} props */
  function Tabs({ ui }) {
    const t = kit.useText();
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    const keys = ui.tabs.map((tab) => tab.key);
    const open = kit.findTab(ui.path, keys, pathname);
    const present = ui.tabs.find((tab) => tab.key === open);
    const select = (/** @type {string} */ key) => history.push(kit.makeTabPath(ui.path, keys, key));
    const openTab = useRef(/** @type {HTMLElement | null} */ (null));
    useEffect(() => {
      if (openTab.current) openTab.current.scrollIntoView({ block: "nearest", inline: "center" }); // on a phone the row of tabs scrolls
    }, [open]);
    return h(
      Bootstrap.Tab.Container,
      { id: `sbk-${ui.id}`, activeKey: open, onSelect: select },
      h(
        Bootstrap.Nav,
        { variant: "tabs", className: "sbk-tabs" },
        ui.tabs.map((tab) =>
          h(Bootstrap.Nav.Item, { key: tab.key, ref: tab.key === open ? openTab : undefined }, h(Bootstrap.Nav.Link, { eventKey: tab.key, as: "button", type: "button" }, t(tab.title))),
        ),
      ),
      h(
        Bootstrap.Tab.Content,
        null,
        h(Bootstrap.Tab.Pane, { key: open, eventKey: open, transition: false }, h(kit.Boundary, { key: open }, present && h(present.component))),
      ),
    );
  }

  /** Show the plugin's page; the starter renders it at the plugin's address. */
  function Page() {
    const ui = kit.useUi();
    usePageTitle(ui.name);
    return h(
      "div",
      { className: "sbk sbk-page" },
      h("h1", { className: "h2 sbk-title" }, ui.icon && h(kit.Icon, { name: ui.icon }), ui.name),
      h(kit.HealthLine),
      h(kit.VersionNotice),
      h(kit.HeartbeatNotices),
      h(kit.RunningWork),
      h(Tabs, { ui }),
    );
  }

  Object.assign(kit, { Page });
})();
