// What the lists of the Words tab share: a section, a table searched and paged in the browser, and the notice that restores entries.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { wordlistsCore: core } = tagging;
  const PAGE_SIZE = 25;

  /** One section of the Words tab. @param {{title: string, action?: any, children?: any}} props */
  function WordsSection({ title, action, children }) {
    return h(kit.Section, { title, action }, h("div", { className: "tm-part" }, children));
  }

  /**
   * A table that is searched and paged in the browser.
   * @param {{rows: any[], page: number, onPage: (page: number) => void, text: string, onText: (text: string) => void, id: string,
   *   columns: any, caption: string, keyOf: (row: any) => string, empty: any, selection?: any, actions?: any}} props
   */
  function LocalList({ rows, page, onPage, text, onText, id, empty, ...table }) {
    const t = kit.useText();
    const cut = core.cutPage(rows, page, PAGE_SIZE);
    return h(
      React.Fragment,
      null,
      (rows.length > PAGE_SIZE || text !== "") && h("div", { className: "sbk-filters" }, h(kit.Field, { id, label: t("search"), type: "search", value: text, onChange: onText })),
      h(kit.Table, { ...table, rows: cut.rows, empty }),
      h(kit.Pager, { page: cut.page, size: PAGE_SIZE, total: rows.length, onPage }),
    );
  }

  /** Names what was just removed, with a button that restores it. @param {{names: string[], onRestore: () => Promise<void>}} props */
  function RestoreNotice({ names, onRestore }) {
    const t = kit.useText();
    if (!names.length) return null;
    return h(
      kit.Notice,
      { level: "info" },
      h("div", { className: "sbk-section-head" }, h("span", null, t("words.removed", { names: names.join(", ") })), h(kit.ActionButton, { size: "sm", icon: "faUndo", onClick: onRestore }, t("words.put_back"))),
    );
  }

  Object.assign(tagging, { WordsSection, LocalList, RestoreNotice, LOCAL_PAGE_SIZE: PAGE_SIZE });
})();
