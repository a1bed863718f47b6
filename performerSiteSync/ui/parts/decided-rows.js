// Lists whose rows are decided one by one: the decided row keeps its place, and the rest is loaded when all are decided.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;

  /** Show a decided row as its name and what was decided. @param {{name: any, text: string}} props */
  function DecidedRow({ name, text }) {
    return h("section", { className: "ps-panel ps-decided" }, h(kit.Icon, { name: "faCircleCheck", className: "text-success" }), h("strong", null, name), h("span", { role: "status" }, text));
  }

  /**
   * Show the pager, or after a decision the button that loads what is left: a page would leave out as many rows as were decided.
   * @param {{outcomes: Record<string, string>, keys: string[], count: number, pager: any, onMore: () => void}} props
   */
  function RestOfRows({ outcomes, keys, count, pager, onMore }) {
    const t = kit.useText();
    const decided = keys.filter((key) => outcomes[key]).length;
    if (!decided) return h(React.Fragment, null, pager);
    if (count <= decided) return null;
    return h("div", { className: "sbk-actions" }, h(kit.ActionButton, { icon: "faSync", variant: decided === keys.length ? "primary" : "secondary", onClick: onMore }, t("rows.rest", { count: count - decided })));
  }

  Object.assign(performers, { DecidedRow, RestOfRows });
})();
