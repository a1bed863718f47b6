// The browse page: everything that is missing of the favourites or of a whole box, and what is new since the last visit.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useState } = React;
  const SCOPES = ["favorite_performers", "favorite_studios", "favorite_tags", "box"];

  /** The scope in the address, so that a link leads to the same list. */
  function useScope() {
    const history = ReactRouterDOM.useHistory();
    const { pathname, search } = ReactRouterDOM.useLocation();
    const words = new URLSearchParams(search);
    const asked = words.get("of") || "";
    const change = (/** @type {Record<string, string>} */ part) => {
      const next = new URLSearchParams(search);
      Object.entries(part).forEach(([name, value]) => (value ? next.set(name, value) : next.delete(name)));
      history.replace({ pathname, search: next.toString() });
    };
    return { scope: SCOPES.includes(asked) ? asked : SCOPES[0], isNewOnly: words.get("new") === "1", change };
  }

  /** When this page was visited last; asked once per visit. */
  function useLastVisit() {
    const ui = kit.useUi();
    const [since, setSince] = useState(/** @type {string | null} */ (null));
    useEffect(() => {
      ui.operation("start_visit").then((answer) => setSince(answer.since), kit.toast.error);
    }, [ui]);
    return since;
  }

  function Browse() {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { scope, isNewOnly, change } = useScope();
    const since = useLastVisit();
    const extra = isNewOnly && since ? { created_since: since, sort: "CREATED_AT" } : {};
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-filters" },
        h(kit.Picker, { id: "ms-scope", label: t("browse.of"), value: scope, choices: SCOPES.map((value) => ({ value, label: t(`browse.${value}`) })), onChange: (/** @type {string} */ of) => change({ of }) }),
        since &&
          h(kit.Tick, { id: "ms-new", label: t("browse.new", { moment: kit.formatMoment(since, locale) }), isOn: isNewOnly, onChange: (/** @type {boolean} */ isOn) => change({ new: isOn ? "1" : "" }) }),
      ),
      h(missing.FilteredList, { key: scope, entityType: scope, extra }),
    );
  }

  Object.assign(missing, { Browse });
})();
