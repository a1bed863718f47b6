// A plugin's page: its address, its tabs, its title, and the way to it from Stash's navigation bar.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect } = React;
  const STASH_NEEDED = "0.25";

  /**
   * The page's title while it is open. Stash sets its own a frame after a page change: that one is kept for later, and
   * ours is said again.
   * @param {string} title
   */
  function usePageTitle(title) {
    useEffect(() => {
      const ours = `${title} | Stash`;
      let before = document.title;
      let frame = 0;
      const insist = (/** @type {number} */ times) => {
        if (document.title !== ours) before = document.title;
        document.title = ours;
        if (times) frame = window.requestAnimationFrame(() => insist(times - 1));
      };
      insist(2);
      return () => {
        window.cancelAnimationFrame(frame);
        if (document.title === ours) document.title = before;
      };
    }, [title]);
  }

  /** The version of this Stash, or "" until it is known. */
  function useStashVersion() {
    const { StashService } = kit.api.utils;
    const answer = StashService.useVersion();
    return (answer.data && answer.data.version && answer.data.version.version) || "";
  }

  /** What this Stash is too old for, in plain words; nothing when it is new enough. */
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

  /** What the plugin wants to be known, from its last heartbeat. */
  function BeatNotices() {
    const ui = kit.useUi();
    const beat = kit.useSignal(ui.beats, { notices: [] });
    return beat.notices.map((/** @type {any} */ notice) => h(kit.Notice, { key: notice.key, level: notice.level }, notice.text));
  }

  /** @param {{ui: StashBundle.Ui}} props */
  function Tabs({ ui }) {
    const t = kit.useText();
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    const keys = ui.tabs.map((tab) => tab.key);
    const open = kit.tabOf(ui.path, keys, pathname);
    const present = ui.tabs.find((tab) => tab.key === open);
    const select = (/** @type {string} */ key) => history.push(kit.tabPath(ui.path, keys, key));
    return h(
      Bootstrap.Tab.Container,
      { id: `sbk-${ui.id}`, activeKey: open, onSelect: select },
      h(
        Bootstrap.Nav,
        { variant: "tabs", className: "sbk-tabs" },
        ui.tabs.map((tab) =>
          h(Bootstrap.Nav.Item, { key: tab.key }, h(Bootstrap.Nav.Link, { eventKey: tab.key, as: "button", type: "button" }, t(tab.title))),
        ),
      ),
      h(
        Bootstrap.Tab.Content,
        null,
        h(Bootstrap.Tab.Pane, { key: open, eventKey: open, transition: false }, h(kit.Boundary, { key: open }, present && h(present.component))),
      ),
    );
  }

  /** @param {{ui: StashBundle.Ui}} props */
  function Page({ ui }) {
    usePageTitle(ui.name);
    return h(
      "div",
      { className: "sbk sbk-page" },
      h("h2", { className: "sbk-title" }, ui.icon && h(kit.Icon, { name: ui.icon }), ui.name),
      h(VersionNotice),
      h(BeatNotices),
      h(Tabs, { ui }),
    );
  }

  /** @param {{ui: StashBundle.Ui}} props */
  function NavButton({ ui }) {
    return h(
      ReactRouterDOM.NavLink,
      { className: "nav-utility minimal btn btn-primary", to: ui.path, title: ui.name, "aria-label": ui.name },
      h(kit.Icon, { name: ui.icon || "faPuzzlePiece" }),
    );
  }

  /**
   * Registers the page and its entry in the navigation bar.
   * @param {StashBundle.Ui} ui
   */
  function installPage(ui) {
    const { patch, register } = kit.api;
    const inside = (/** @type {any} */ element) => h(kit.UiContext.Provider, { value: ui }, h(kit.Boundary, null, element));
    register.route(ui.path, () => inside(h(Page, { ui })));
    patch.before("MainNavBar.UtilityItems", (props, ...rest) => [kit.withChild(props, null, inside(h(NavButton, { ui }))), ...rest]);
  }

  /**
   * Shows our settings form in Stash's Settings page where that can be patched (0.27 and later); else Stash's own stays.
   * @param {StashBundle.Ui} ui
   */
  function installSettings(ui) {
    const Stock = (/** @type {any} */ { render }) => render();
    kit.api.patch.instead("PluginSettings", (...args) => {
      const next = args[args.length - 1];
      const given = args.slice(0, -1);
      if (given[0].pluginID !== ui.id) return next(...given);
      const stock = h(Stock, { render: () => next(...given) });
      return h(kit.UiContext.Provider, { value: ui }, h(kit.Boundary, { fallback: stock }, h(kit.StashSettings, { stock })));
    });
  }

  Object.assign(kit, { usePageTitle, useStashVersion, VersionNotice, installPage, installSettings });
})();
