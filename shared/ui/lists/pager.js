// The page numbers below a list.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect } = React;

  /** Show the page numbers of a list; nothing for a single page. @param {{page: number, size: number, total: number, onPage: (page: number) => void}} props */
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

  /**
   * Go to the last page if the list has become shorter, so that the shown page no longer exists.
   * @param {number} page
   * @param {(page: number) => void} setPage
   * @param {number} size
   * @param {number | undefined} total undefined while it is not known
   */
  function useLastPage(page, setPage, size, total) {
    const last = total === undefined ? page : kit.countPages(total, size);
    useEffect(() => {
      if (page > last) setPage(last);
    }, [page, last, setPage]);
  }

  Object.assign(kit, { Pager, useLastPage });
})();
