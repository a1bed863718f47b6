// The button on Stash's tag pages: the tag's links at all boxes, and the way to manage them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;

  /** @param {{link: any}} props */
  function LinkLine({ link }) {
    const t = kit.useText();
    const name = link.name || link.stash_id;
    return h(
      "li",
      null,
      h("strong", null, link.box),
      " ",
      link.url ? h("a", { href: link.url, target: "_blank", rel: "noopener noreferrer" }, name) : name,
      link.is_dead && h("div", { className: "text-warning small" }, t("tag_page.dead")),
    );
  }

  /** @param {{links: any[]}} props */
  function LinkLines({ links }) {
    const t = kit.useText();
    if (!links.length) return h("p", { className: "text-muted mb-0" }, t("tag_page.none"));
    return h("ul", { className: "list-unstyled mb-0" }, links.map((link) => h(LinkLine, { key: `${link.endpoint}${link.stash_id}`, link })));
  }

  /** @param {{entity: StashBundle.Entity, onClose: () => void}} props */
  function TagDialog({ entity, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad(`tag:${entity.id}`, (signal) => ui.operation("tag_show", { tag_id: entity.id }, { signal }));
    const { tag = null } = found.data || {};
    const manage = h(ReactRouterDOM.Link, { to: `${ui.path}/tags?tag=${entity.id}`, className: "btn btn-primary", onClick: onClose }, t("tag_page.manage"));
    return h(
      kit.Dialog,
      { title: tag ? tag.name : t("button.manage"), onClose, footer: manage },
      found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
      !found.data && !found.error && h(kit.Loading),
      found.data && h(LinkLines, { links: found.data.links }),
    );
  }

  Object.assign(tagging, { TagDialog });
})();
