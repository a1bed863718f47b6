// Messages inside a page: notices and empty lists.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /** Show a message inside a page; a screen reader reads the level "danger" at once. @param {{level?: string, title?: any, children?: any, role?: string}} props */
  function Notice({ level = "info", title, children, role }) {
    const isUrgent = level === "danger";
    return h(
      "div",
      { className: `sbk-notice sbk-${level}`, role: role || (isUrgent ? "alert" : "status") },
      title && h("div", { className: "sbk-notice-title" }, title),
      children,
    );
  }

  /** Show why a list is empty; `children` are buttons for the next step. @param {{title: string, text?: any, icon?: string, children?: any}} props */
  function Empty({ title, text, icon, children }) {
    return h(
      "div",
      { className: "sbk-empty" },
      icon && h(kit.Icon, { name: icon, className: "sbk-empty-icon" }),
      h("div", { className: "h5" }, title),
      text && h("div", { className: "text-muted" }, text),
      children && h("div", { className: "sbk-actions" }, children),
    );
  }

  Object.assign(kit, { Notice, Empty });
})();
