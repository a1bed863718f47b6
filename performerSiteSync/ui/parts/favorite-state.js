// The state of a box's favorites.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, h } = kit;

  /** Show if a box offers favorites of a kind, and how many it has. @param {{state: any}} props */
  function FavoriteState({ state }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    if (!state || state.is_available === null) return h("span", { className: "text-muted" }, t("favorites.unasked"));
    if (!state.is_available) return h("span", { className: "text-warning" }, t("favorites.unavailable", { message: state.message || "" }));
    return h("span", { title: kit.formatMoment(state.checked_at, locale) }, t("favorites.there", { count: state.count_there }));
  }

  Object.assign(performers, { FavoriteState });
})();
