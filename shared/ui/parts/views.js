// The views of a tab: joined buttons of which one is open.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;

  /**
   * Show the views of a tab to choose from; each is a link if it has an address (`to`), otherwise a button that calls `onOpen`.
   * @param {{label: string, views: {key: string, text: any, to?: any}[], open: string | undefined, onOpen?: (key: string) => void}} props
   */
  function Views({ label, views, open, onOpen = () => undefined }) {
    const view = (/** @type {{key: string, text: any, to?: any}} */ { key, text, to }) =>
      to
        ? h(ReactRouterDOM.Link, { key, to, className: `btn btn-secondary btn-sm ${key === open ? "active" : ""}`, "aria-current": key === open ? "page" : undefined }, text)
        : h(Bootstrap.Button, { key, size: "sm", variant: "secondary", active: key === open, "aria-pressed": key === open, onClick: () => onOpen(key) }, text);
    return h("div", { className: "sbk-views", role: "group", "aria-label": label }, views.map(view));
  }

  Object.assign(kit, { Views });
})();
