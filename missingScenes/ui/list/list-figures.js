// The figures above the list, and what an empty list means.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, h } = kit;
  const { Bootstrap } = kit.api.libraries;

  /** Show why scenes are hidden; a reason with an action is a button. @param {{hidden: any, onReason: any}} props */
  function HiddenReasons({ hidden, onReason }) {
    const t = kit.useText();
    const reasons = missing.listHidden(hidden).map((/** @type {any} */ [reason, count]) => {
      const text = t(`hidden.${reason}`, { count });
      const act = onReason && onReason[reason];
      if (!act) return h("span", { key: reason }, text);
      return h(Bootstrap.Button, { key: reason, variant: "link", size: "sm", className: "ms-reason", title: t(`hidden.${reason}.open`), onClick: act }, text);
    });
    return h("small", { className: "ms-reasons" }, reasons);
  }

  /** Show how many scenes are missing, owned and hidden. @param {{figures: any, isPart: boolean, box: string, onReason?: any}} props `isPart`: the box has more scenes than it lists */
  function Figures({ figures, isPart, box, onReason }) {
    const t = kit.useText();
    const hiddenCount = missing.countHidden(figures.hidden);
    return h(
      "div",
      { className: "ms-figures", role: "status" },
      h("strong", null, t(figures.scanned < figures.total ? "figures.missing.part" : "figures.missing", { count: figures.missing })),
      h("span", null, t("figures.owned", { count: figures.owned })),
      hiddenCount > 0 && h("span", null, t("figures.hidden", { count: hiddenCount }), " ", h(HiddenReasons, { hidden: figures.hidden, onReason })),
      h("span", null, t(isPart ? "figures.total.part" : "figures.total", { count: figures.total, box })),
      figures.scanned < figures.total && h("span", { className: "text-muted" }, t("figures.scanned", { count: figures.scanned, total: figures.total })),
    );
  }

  /** Show what an empty list means; "nothing is missing" only if all scenes were compared. @param {{answer: any, onClear?: () => void}} props `onClear` clears the filters */
  function NoScenes({ answer, onClear }) {
    const t = kit.useText();
    const { figures } = answer;
    const box = answer.box ? answer.box.name : "";
    if (!missing.isComplete(answer)) return h(kit.Empty, { title: t("list.so_far"), text: answer.message });
    const hidden = missing.countHidden(figures.hidden);
    if (missing.hidesOnlyFiles(figures.hidden)) return h(kit.Empty, { icon: "faCheck", title: t("list.none"), text: answer.message });
    if (hidden) return h(kit.Empty, { icon: "faFilter", title: t("list.none.filtered"), text: answer.message || t("list.none.filtered.text", { hidden }) }, onClear && h(Bootstrap.Button, { size: "sm", variant: "primary", onClick: onClear }, t("filter.clear")));
    if (!answer.lists_all) return h(kit.Empty, { icon: "faCheck", title: t("list.none.part"), text: t("list.none.part.text", { box }) });
    if (!figures.total) return h(kit.Empty, { icon: "faInbox", title: t("list.none.box", { box }), text: answer.message });
    return h(kit.Empty, { icon: "faCheck", title: t("list.none"), text: t("list.none.text", { total: figures.total, box }) });
  }

  Object.assign(missing, { Figures, NoScenes });
})();
