// Lists that the backend pages, and Stash's cache after a change.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { useState } = React;
  const KEEPS = { keeps: true };

  /**
   * Return one page of a list that an operation answers, its pager, and `setPage`; `asked` are the other arguments of the operation.
   * @param {string} operation
   * @param {Record<string, unknown>} asked
   * @param {number} size
   */
  function usePages(operation, asked, size) {
    const ui = kit.useUi();
    const [page, setPage] = useState(1);
    const query = { ...asked, page, page_size: size };
    const found = kit.useLoad(`${operation} ${JSON.stringify(query)}`, (signal) => ui.operation(operation, query, { signal }), KEEPS);
    const pager = found.data ? h(kit.Pager, { page, size, total: found.data.count, onPage: setPage }) : null;
    return { found, pager, setPage };
  }

  /** Remove performers, studios and scenes from Stash's cache after a change, so that its own pages load them again. */
  function forgetEntities() {
    kit.forgetCached(["findPerformers", "findStudios", "findScenes", "findPerformer", "findStudio", "findScene"]);
  }

  Object.assign(performers, { usePages, forgetEntities });
})();
