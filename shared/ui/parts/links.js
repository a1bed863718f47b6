// Links: to another tab of the plugin's page, and to addresses outside Stash.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;

  /** Show a link to another tab of this page, with the look of a button; `tab` may end with a query. @param {{tab: string, variant?: string, children?: any}} props */
  function TabLink({ tab, variant = "secondary", children }) {
    const ui = kit.useUi();
    return h(ReactRouterDOM.Link, { to: `${ui.path}/${tab}`, className: `btn btn-${variant} btn-sm` }, children);
  }

  /** Show a link to another site, which opens in a new browser tab; without an address only the children. @param {{href: string | null | undefined, children?: any} & Record<string, any>} props */
  function OutLink({ href, children, ...rest }) {
    return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer", ...rest }, children) : h(React.Fragment, null, children);
  }

  Object.assign(kit, { TabLink, OutLink });
})();
