// A hook for lists that become shorter.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React } = kit;
  const { useEffect } = React;

  /** Go to the last page when the list has become shorter than the page shown. @param {number} page @param {(page: number) => void} setPage @param {number} size @param {number | undefined} total */
  function useLastPage(page, setPage, size, total) {
    const last = total === undefined ? page : kit.countPages(total, size);
    useEffect(() => {
      if (page > last) setPage(last);
    }, [page, last, setPage]);
  }

  Object.assign(plexSync, { useLastPage });
})();
