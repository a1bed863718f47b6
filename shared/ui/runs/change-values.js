// The value of a change before and after: a text, or a picture.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;

  /** Return the words for empty values and for booleans. */
  function useValueWords() {
    const t = kit.useText();
    return { empty: t("value.empty"), yes: t("value.yes"), no: t("value.no") };
  }

  /** @param {{change: StashBundle.ChangeRow, side: "before" | "after"}} props */
  function StoredPicture({ change, side }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const load = kit.useLoad(`${change.id}:${side}`, (signal) => ui.operation("change_picture", { change_id: change.id, side }, { signal }));
    if (load.error) return h("span", { className: "text-muted" }, String(change[side]));
    if (!load.data) return h(kit.Skeleton, { className: "sbk-value-picture" });
    const src = `data:${load.data.content_type};base64,${load.data.data}`;
    return h("img", { className: "sbk-value-picture", src, alt: t(`history.${side}`) });
  }

  /** Show one side of a change: the plugin's own text for it, a picture, or the value. @param {{change: StashBundle.ChangeRow, side: "before" | "after"}} props */
  function ChangeValue({ change, side }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const words = useValueWords();
    const own = ui.describe(change, t)[side];
    if (own !== undefined) return own;
    const value = change[side];
    if ((change.pictures || []).includes(side)) return h(StoredPicture, { change, side });
    if (kit.isPictureAddress(change.field, value)) return h(kit.RemoteImage, { src: value, alt: t(`history.${side}`), className: "sbk-value-picture", fallback: String(value) });
    if (change.action === "add") return side === "after" ? t("history.added", { value: kit.formatValue(value, words) }) : null;
    if (change.action === "remove") return side === "before" ? t("history.removed", { value: kit.formatValue(value, words) }) : null;
    return kit.formatValue(value, words);
  }

  Object.assign(kit, { ChangeValue });
})();
