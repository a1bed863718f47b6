// The page numbers below a list.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const { Bootstrap } = kit.api.libraries;

  /** @param {{page: number, size: number, total: number, onPage: (page: number) => void}} props */
  function Pager({ page, size, total, onPage }) {
    const t = kit.useText();
    const last = kit.countPages(total, size);
    if (last <= 1) return null;
    const step = (/** @type {string} */ name, /** @type {string} */ icon, /** @type {number} */ to) =>
      h(
        Bootstrap.Button,
        { variant: "secondary", "aria-label": t(name), title: t(name), disabled: to < 1 || to > last, onClick: () => onPage(to) },
        h(kit.Icon, { name: icon }),
      );
    const number = (/** @type {number} */ one, /** @type {number} */ index) =>
      one === 0
        ? h("span", { key: `gap-${index}`, className: "btn btn-secondary disabled", "aria-hidden": true }, "…")
        : h(
            Bootstrap.Button,
            {
              key: one,
              variant: "secondary",
              active: one === page,
              "aria-current": one === page ? "page" : undefined,
              "aria-label": t("pager.page", { page: one }),
              onClick: () => onPage(one),
            },
            one,
          );
    return h(
      "nav",
      { className: "sbk-pager", "aria-label": t("pager.label") },
      h("span", { className: "text-muted small", role: "status" }, t("pager.range", kit.describePage(page, size, total))),
      h(
        Bootstrap.ButtonGroup,
        null,
        step("pager.previous", "faChevronLeft", page - 1),
        kit.listPages(page, last).map(number),
        step("pager.next", "faChevronRight", page + 1),
      ),
    );
  }

  Object.assign(kit, { Pager });
})();
