// Lists that the backend pages, and Stash's cache after a change.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { useState } = React;
  const KEEPS = { keeps: true };

  /**
   * One page of a list of the plugin.
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

  /** Stash's own pages ask anew after something was written. */
  function forgetEntities() {
    kit.forgetCached(["findPerformers", "findStudios", "findPerformer", "findStudio"]);
  }

  Object.assign(performers, { usePages, forgetEntities });
})();
