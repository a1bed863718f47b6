// A card for a performer or studio of the library or of a box.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const STASH_PAGES = /** @type {Record<string, string>} */ ({ performer: "performers", studio: "studios" });

  /** Show a link to Stash's page of a performer or studio. @param {{kind: string, id: string, children?: any}} props */
  function EntityLink({ kind, id, children }) {
    return STASH_PAGES[kind] ? h(ReactRouterDOM.Link, { to: `/${STASH_PAGES[kind]}/${id}` }, children) : h("span", null, children);
  }

  /** Show a picture, or an icon if there is none. @param {{src?: string | null, alt: string, kind?: string, className?: string}} props */
  function Picture({ src, alt, kind = "performer", className = "" }) {
    const noPicture = h("div", { className: `ps-picture ps-no-picture ${className}`, role: "img", "aria-label": alt }, h(kit.Icon, { name: kind === "studio" ? "faVideo" : "faUser" }));
    const isDefault = /[?&]default=true/.test(src || ""); // Stash's own stand-in for a missing picture
    return h(kit.RemoteImage, { src: isDefault ? null : src, alt, className: `ps-picture ${className}`, fallback: noPicture });
  }

  /** Show a name with its disambiguation, as a link if there is a page. @param {{person: any}} props */
  function EntityName({ person }) {
    const name = h(React.Fragment, null, person.name, person.disambiguation && h("span", { className: "text-muted" }, ` (${person.disambiguation})`));
    if (person.id) return h(EntityLink, { kind: person.kind, id: String(person.id) }, name);
    return h(kit.OutLink, { href: person.url }, name);
  }

  /**
   * Show a performer or studio of the library or of a box, with picture, facts and evidence; `children` are its actions.
   * @param {{person: any, badge?: any, children?: any}} props
   */
  function EntityCard({ person, badge, children }) {
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
        h("div", { className: "ps-person-name" }, h(EntityName, { person })),
        facts.map((key) => h("div", { key, className: "small" }, t(`person.${key}`, { value: person[key], count: person[key] }))),
        (person.aliases || []).length > 0 && h("div", { className: "small text-muted" }, t("person.aliases", { value: person.aliases.join(", ") })),
        (person.evidence || []).map((/** @type {string} */ text) => h("div", { key: text, className: "small ps-evidence" }, text)),
        children && h("div", { className: "sbk-actions" }, children),
      ),
    );
  }

  Object.assign(performers, { EntityLink, Picture, EntityCard });
})();
