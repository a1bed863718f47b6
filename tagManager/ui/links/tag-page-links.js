// The tag's links at all boxes on Stash's tag page, beside the button that opens the Links tab.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, h } = kit;

  /** One link: the box's name and its name for the tag. @param {{link: any}} props */
  function LinkText({ link }) {
    const t = kit.useText();
    const name = link.name || link.stash_id;
    return h(
      "span",
      { className: link.is_dead ? "text-warning" : undefined },
      `${link.box}: `,
      link.url ? h("a", { href: link.url, target: "_blank", rel: "noopener noreferrer" }, name) : name,
      link.is_dead && ` (${t("tag_page.dead")})`,
    );
  }

  /** Renders nothing before Stash 0.30, which cannot link tags. @param {{entity: StashBundle.Entity, round: number}} props */
  function TagLinks(props) {
    const version = kit.useStashVersion();
    const canLink = version !== "" && !kit.listUnmetNeeds([{ since: "0.30", what: "" }], version).length;
    return canLink ? h(KnownLinks, props) : null;
  }

  /** Loads and shows the links of a tag. @param {{entity: StashBundle.Entity, round: number}} props */
  function KnownLinks({ entity, round }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad(`tag:${entity.id}:${round}`, (signal) => ui.operation("tag_show", { tag_id: entity.id }, { signal }), { keeps: true });
    if (!found.data || !found.data.tag) return null;
    const { links } = found.data;
    return h(
      "span",
      { className: "tm-links", role: "group", "aria-label": t("tag_page.links") },
      links.map((/** @type {any} */ link) => h(LinkText, { key: `${link.endpoint}${link.stash_id}`, link })),
      !links.length && h("span", { className: "text-muted" }, t("tag_page.none")),
    );
  }

  Object.assign(tagging, { TagLinks });
})();
