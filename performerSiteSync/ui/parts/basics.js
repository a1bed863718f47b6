// Small pieces the tabs share: names of fields, links, people with their pictures, bars.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGES = /** @type {Record<string, string>} */ ({ performer: "performers", studio: "studios" });

  /** What people call a field; one we have no word for keeps its own name. @param {StashBundle.Translate} t @param {string} field */
  function nameField(t, field) {
    const key = `field.${field}`;
    const name = t(key);
    return name === key ? field : name;
  }

  /** What a policy means for a field; some fields say it in their own words. @param {StashBundle.Translate} t @param {string} field @param {string} policy */
  function namePolicy(t, field, policy) {
    const own = `policy.${field}.${policy}`;
    const text = t(own);
    return text === own ? t(`policy.${policy}`) : text;
  }

  /** @param {any} value */
  function isNothing(value) {
    return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  }

  /** A list for people; of a link to a box only the id. @param {string} field @param {any[]} value */
  function showList(field, value) {
    if (field !== "stash_ids") return value.join("\n");
    return (Array.isArray(value[0]) ? value : [value]).map((pair) => pair[1]).join("\n");
  }

  /** A value for people; null when there is none. @param {StashBundle.Translate} t @param {string} field @param {any} value */
  function showValue(t, field, value) {
    if (isNothing(value)) return null;
    if (field === "image") return t("value.picture");
    if (Array.isArray(value)) return showList(field, value);
    if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
    return String(value);
  }

  /** A way to another tab of our page. @param {{tab: string, children?: any, variant?: string}} props */
  function TabLink({ tab, children, variant = "btn btn-secondary btn-sm" }) {
    const ui = kit.useUi();
    return h(ReactRouterDOM.Link, { to: `${ui.path}/${tab}`, className: variant }, children);
  }

  /** @param {{kind: string, id: string, children?: any}} props */
  function EntityLink({ kind, id, children }) {
    return PAGES[kind] ? h(ReactRouterDOM.Link, { to: `/${PAGES[kind]}/${id}` }, children) : h("span", null, children);
  }

  /** @param {{src?: string | null, alt: string, kind?: string, className?: string}} props */
  function Picture({ src, alt, kind = "performer", className = "" }) {
    const [failed, setFailed] = useState("");
    if (!src || failed === src || /[?&]default=true/.test(src)) return h("div", { className: `ps-picture ps-no-picture ${className}`, role: "img", "aria-label": alt }, h(kit.Icon, { name: kind === "studio" ? "faVideo" : "faUser" }));
    return h("img", { src, alt, className: `ps-picture ${className}`, loading: "lazy", decoding: "async", referrerPolicy: "no-referrer", onError: () => setFailed(src) });
  }

  /** @param {{share: number, label: string}} props */
  function Bar({ share, label }) {
    return h(
      "div",
      { className: "progress ps-bar", role: "progressbar", "aria-label": label, "aria-valuenow": share, "aria-valuemin": 0, "aria-valuemax": 100 },
      h("div", { className: "progress-bar", style: { width: `${share}%` } }, share > 12 && `${share} %`),
    );
  }

  /** What was looked at and what became of it; says so when the figures do not make up the whole. @param {{totals: Record<string, number>}} props */
  function Sum({ totals }) {
    const t = kit.useText();
    const { seen, rows, addsUp } = performers.core.checkTotals(totals);
    const parts = rows.map((/** @type {[string, number]} */ [key, count]) => t(`sum.${key}`, { count })).join(" + ");
    return h(
      React.Fragment,
      null,
      h("div", { className: "ps-sum" }, t("sum.seen", { count: seen }), seen > 0 && parts && ` = ${parts}`),
      !addsUp && h("div", { className: "text-warning small" }, t("sum.wrong")),
    );
  }

  /** What each box could not do, unless a message beside it says so already. @param {{problems?: Record<string, string> | null, told?: string | null}} props */
  function Problems({ problems, told }) {
    const untold = Object.entries(problems || {}).filter(([, message]) => !(told || "").includes(message));
    return untold.map(([box, message]) => h(kit.Notice, { key: box, level: "warning", title: box }, message));
  }

  /** Whether favourites of a kind can be had from a box, as far as it was tried. @param {{state: any}} props */
  function FavoriteState({ state }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    if (!state || state.is_available === null) return h("span", { className: "text-muted" }, t("favorites.unasked"));
    if (!state.is_available) return h("span", { className: "text-warning" }, t("favorites.unavailable", { message: state.message || "" }));
    return h("span", { title: kit.formatMoment(state.checked_at, locale) }, t("favorites.there", { count: state.count_there }));
  }

  /** The name of a person, with what tells people of that name apart. @param {{person: any}} props */
  function PersonName({ person }) {
    const name = h(React.Fragment, null, person.name, person.disambiguation && h("span", { className: "text-muted" }, ` (${person.disambiguation})`));
    if (person.id) return h(EntityLink, { kind: person.kind, id: String(person.id) }, name);
    if (!person.url) return name;
    return h("a", { href: person.url, target: "_blank", rel: "noopener noreferrer" }, name);
  }

  /**
   * One performer or site, here or at a box, with everything that helps to tell.
   * @param {{person: any, badge?: any, children?: any}} props
   */
  function PersonCard({ person, badge, children }) {
    const t = kit.useText();
    const facts = ["birthdate", "country", "scene_count"].filter((key) => person[key] !== null && person[key] !== undefined && person[key] !== "");
    return h(
      "article",
      { className: `ps-person ps-${person.kind || "performer"}`, "aria-label": person.name },
      h(Picture, { src: person.image, kind: person.kind, alt: t("person.picture", { name: person.name }) }),
      h(
        "div",
        { className: "ps-person-text" },
        h("div", { className: "text-muted small" }, badge || person.box || t("person.yours")),
        h("div", { className: "ps-person-name" }, h(PersonName, { person })),
        facts.map((key) => h("div", { key, className: "small" }, t(`person.${key}`, { value: person[key], count: person[key] }))),
        (person.aliases || []).length > 0 && h("div", { className: "small text-muted" }, t("person.aliases", { value: person.aliases.join(", ") })),
        (person.evidence || []).map((/** @type {string} */ text) => h("div", { key: text, className: "small ps-evidence" }, text)),
        children && h("div", { className: "sbk-actions" }, children),
      ),
    );
  }

  /** A list by pages with what it says when it is loading, failing or empty. @param {{found: StashBundle.Loaded, children: (data: any) => any}} props */
  function Found({ found, children }) {
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    return found.data ? h("div", { "aria-busy": found.isLoading || undefined }, children(found.data)) : h(kit.Loading);
  }

  /** Stash's own pages ask anew after something was written. */
  function forgetEntities() {
    kit.forgetCached(["findPerformers", "findStudios", "findPerformer", "findStudio"]);
  }

  Object.assign(performers, { forgetEntities, nameField, namePolicy, showValue, TabLink, EntityLink, Picture, Bar, Sum, Problems, FavoriteState, PersonCard, Found });
})();
