// A card for a performer, studio or scene of the library or of a box.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const STASH_PAGES = /** @type {Record<string, string>} */ ({ performer: "performers", studio: "studios", scene: "scenes" });

  /** Show a link to Stash's page of a performer or studio. @param {{kind: string, id: string, children?: any}} props */
  function EntityLink({ kind, id, children }) {
    return STASH_PAGES[kind] ? h(ReactRouterDOM.Link, { to: `/${STASH_PAGES[kind]}/${id}` }, children) : h("span", null, children);
  }

  /** Show a picture, or an icon if there is none. @param {{src?: string | null, alt: string, kind?: string, className?: string}} props */
  function Picture({ src, alt, kind = "performer", className = "" }) {
    const name = alt ? { role: "img", "aria-label": alt } : { "aria-hidden": true };
    const noPicture = h("div", { className: `ps-picture ps-no-picture ${className}`, ...name }, h(kit.Icon, { name: kind === "performer" ? "faUser" : "faVideo" }));
    return h(kit.RemoteImage, { src, alt, className: `ps-picture ${className}`, fallback: noPicture });
  }

  /** Show a performer or studio of Stash in a row of a table: its picture and its name, which leads to its page. @param {{item: {kind: string, id: string, label: string}}} props */
  function EntityRow({ item }) {
    const picture = item.kind === "scene" ? "screenshot" : "image";
    const face = h(Picture, { src: STASH_PAGES[item.kind] ? `${item.kind}/${item.id}/${picture}` : null, kind: item.kind, alt: "", className: "ps-face" });
    return h("span", { className: `ps-row ps-${item.kind}` }, face, h(EntityLink, { kind: item.kind, id: item.id }, item.label));
  }

  /** Show a name with its disambiguation, as a link if there is a page. @param {{record: any}} props */
  function EntityName({ record }) {
    const name = h(React.Fragment, null, record.name, record.disambiguation && h("span", { className: "text-muted" }, ` (${record.disambiguation})`));
    if (record.id) return h(EntityLink, { kind: record.kind, id: String(record.id) }, name);
    return h(kit.OutLink, { href: record.url }, name);
  }

  /**
   * Show a performer or studio of the library or of a box, with picture, facts and evidence; `children` are its actions.
   * @param {{record: any, badge?: any, children?: any}} props
   */
  function EntityCard({ record, badge, children }) {
    const t = kit.useText();
    const facts = ["birthdate", "country", "date", "scene_count"].filter((key) => record[key] !== null && record[key] !== undefined && record[key] !== "");
    return h(
      "article",
      { className: `ps-person ps-${record.kind || "performer"}`, "aria-label": record.name },
      h(Picture, { src: record.image, kind: record.kind, alt: t("person.picture", { name: record.name }) }),
      h(
        "div",
        { className: "ps-person-text" },
        h("div", { className: "text-muted small" }, badge || record.box || t("person.yours")),
        h("div", { className: "ps-person-name" }, h(EntityName, { record })),
        facts.map((key) => h("div", { key, className: "small" }, key === "country" ? h(performers.FieldValue, { field: key, value: record[key], label: "" }) : t(`person.${key}`, { value: record[key], count: record[key] }))),
        (record.aliases || []).length > 0 && h("div", { className: "small text-muted" }, t("person.aliases", { value: record.aliases.join(", ") })),
        (record.evidence || []).map((/** @type {string} */ text) => h("div", { key: text, className: "small ps-evidence" }, text)),
        children && h("div", { className: "sbk-actions" }, children),
      ),
    );
  }

  Object.assign(performers, { EntityLink, EntityRow, Picture, EntityCard });
})();
