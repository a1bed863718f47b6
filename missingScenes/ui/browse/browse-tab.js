// The Browse tab: missing scenes of the favorites or of a whole box, and new ones since the last visit.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useState } = React;
  const MOST_COUNTED = 100;
  // With these states the list has nothing to show before something is set up.
  const WITHOUT_BOX = ["no_boxes", "no_key"];
  const START_STATES = [...WITHOUT_BOX, "no_favorites"];

  /** Return filters, order and box from the address, with the functions that change it. An address without them gets those that this browser tab used last. */
  function useBrowseAddress() {
    const history = ReactRouterDOM.useHistory();
    const { pathname, search } = ReactRouterDOM.useLocation();
    const asked = missing.readAddress(search, missing.readFilters);
    const [session] = useState(missing.readSession);
    const isSilent = !asked.filters && !asked.sort;
    const go = (/** @type {Record<string, unknown>} */ part) => history.replace({ pathname, search: missing.changeAddress(search, part) });
    const latest = React.useRef(go);
    latest.current = go;
    useEffect(() => {
      if (isSilent) latest.current({ ...missing.formatFilters(session.filters), sort: session.sort === missing.SORTS[0] ? "" : session.sort });
      else missing.writeSession({ filters: asked.filters || {}, sort: asked.sort || missing.SORTS[0] });
      // only the address with which the page was opened matters
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, []);
    const filters = asked.filters || {};
    const sort = asked.sort || missing.SORTS[0];
    const keep = (/** @type {any} */ next) => {
      missing.writeSession({ filters, sort, ...next });
      go({ ...missing.formatFilters(next.filters || filters), sort: (next.sort || sort) === missing.SORTS[0] ? "" : next.sort || sort });
    };
    return {
      ...asked,
      filters,
      sort,
      go,
      onFilter: (/** @type {string} */ name, /** @type {unknown} */ value) => keep({ filters: { ...filters, [name]: value } }),
      onClear: () => keep({ filters: {} }),
      onSort: (/** @type {string} */ choice) => keep({ sort: choice }),
      onView: keep,
      onBox: (/** @type {string} */ endpoint) => go({ box: endpoint }),
    };
  }

  /**
   * Return the time of the last visit: undefined while it is loading, null for the first visit. The list's answer tells it; only a list
   * of new scenes must know it before.
   * @param {any} answer the list's last answer, null before the first one
   * @param {boolean} isAsked
   */
  function useLastVisit(answer, isAsked) {
    const ui = kit.useUi();
    const [asked, setSince] = useState(/** @type {string | null | undefined} */ (undefined));
    const isMounted = kit.useIsMounted();
    const told = answer ? answer.since : undefined;
    const since = asked === undefined ? told : asked;
    const isNeeded = isAsked && since === undefined;
    useEffect(() => {
      if (told !== undefined) setSince(told);
    }, [told]);
    useEffect(() => {
      if (!isNeeded) return;
      const show = (/** @type {string | null} */ moment) => isMounted.current && setSince(moment);
      ui.operation("start_visit").then(
        (visit) => show(visit.since),
        (error) => (show(null), kit.toast.error(error)),
      );
    }, [ui, isMounted, isNeeded]);
    return since;
  }

  /**
   * Show how many scenes are new since the last visit, with a button that shows only these.
   * @param {{scope: string, endpoint: string, since: string, isNewOnly: boolean, onChange: (isOn: boolean) => void}} props
   */
  function NewScenesNotice({ scope, endpoint, since, isNewOnly, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const args = { entity_type: scope, endpoint, created_since: since, page_size: MOST_COUNTED };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("find_missing", args, { signal }));
    const moment = kit.formatMoment(since, locale);
    const label = t(`browse.${scope}`);
    if (isNewOnly) return h(kit.Notice, { level: "info" }, t("browse.new.only", { moment }), " ", h(Bootstrap.Button, { variant: "link", className: "p-0 align-baseline", onClick: () => onChange(false) }, t("browse.new.all")));
    const { data } = found;
    // Only a hint: the list below says why new scenes cannot be counted.
    if (!data || !["complete", "more"].includes(data.state)) return null;
    const count = data.figures.missing;
    if (!count) return h("p", { className: "text-muted" }, t("browse.new.none", { label, moment }));
    return h(
      kit.Notice,
      { level: "success", title: t(data.cursor ? "browse.new.many" : "browse.new.some", { count, label }) },
      h("span", null, t("browse.new.since", { moment })),
      h("div", { className: "sbk-actions" }, h(Bootstrap.Button, { size: "sm", variant: "primary", onClick: () => onChange(true) }, t("browse.new.show"))),
    );
  }

  /** Show the buttons of the usual lists: newest, trending, coming. @param {{state: any}} props */
  function ViewButtons({ state }) {
    const t = kit.useText();
    const today = new Date().toISOString().slice(0, 10);
    const open = missing.findView(state, today);
    const views = missing.VIEWS.map((/** @type {string} */ key) => ({ key, text: t(`view.${key}`) }));
    return h(kit.Views, { label: t("view.label"), views, open, onOpen: (/** @type {string} */ key) => state.onView(missing.makeView(key, state.filters, today)) });
  }

  function BrowseTab() {
    const t = kit.useText();
    const [answer, setAnswer] = useState(/** @type {any} */ (null));
    const state = useBrowseAddress();
    const { scope, isNewOnly, endpoint, go } = state;
    const since = useLastVisit(answer, Boolean(isNewOnly));
    if (isNewOnly && since === undefined) return h(kit.Loading);
    // The plugin knows the last visit, so the list does not wait for its time.
    const extra = isNewOnly && since ? { created_since: since, sort: "CREATED_AT" } : { since_last_visit: true };
    const listed = answer ? answer.state : "";
    const isStuck = START_STATES.includes(listed);
    const start = (since === null || isStuck) && h(missing.BrowseStart, { isStuck, onBrowse: () => go({ of: "box" }) });
    if (WITHOUT_BOX.includes(listed)) return start; // the start page says what is missing
    const scopes = missing.SCOPES.map((/** @type {string} */ value) => ({ value, label: t(`browse.${value}`) }));
    return h(
      React.Fragment,
      null,
      start,
      h(ViewButtons, { state }),
      since && h(NewScenesNotice, { scope, endpoint, since, isNewOnly: Boolean(isNewOnly), onChange: (isOn) => go({ new: isOn }) }),
      h(
        missing.FilteredList,
        { key: scope, entityType: scope, state, extra, onAnswer: setAnswer },
        h(kit.Picker, { id: "ms-scope", label: t("browse.of"), value: scope, choices: scopes, onChange: (/** @type {string} */ of) => go({ of }) }),
      ),
    );
  }

  Object.assign(missing, { BrowseTab });
})();
