// The React hook that loads the list page by page and keeps what it has when a page fails.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React } = kit;
  const { useCallback, useEffect, useRef, useState } = React;
  // "Load all" stops here, because a page of more cards is slow.
  const MOST_CARDS = 2000;
  // As many as a page of a box has, so that one load costs one request there.
  const PAGE_SIZE = 100;

  /**
   * Return the list for a question to find_missing and the functions that extend and change it. A new question starts a new list;
   * a late answer to the old one is dropped.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.Values} question
   */
  function useMissingList(ui, question) {
    const key = JSON.stringify(question);
    const [state, setState] = useState(/** @type {any} */ ({ key, list: missing.EMPTY_LIST, error: null, isLoading: true }));
    const abort = useRef(/** @type {AbortController | null} */ (null));

    const load = useCallback(
      async (/** @type {any} */ list) => {
        if (abort.current) abort.current.abort();
        const control = new AbortController();
        abort.current = control;
        const settle = (/** @type {any} */ part) => control.signal.aborted || setState({ key, list, error: null, isLoading: false, ...part });
        setState({ key, list, error: null, isLoading: true });
        const cursor = list.answer ? list.answer.cursor : null;
        try {
          const answer = await ui.operation("find_missing", { page_size: PAGE_SIZE, ...JSON.parse(key), ...(cursor ? { cursor } : {}) }, { signal: control.signal });
          settle({ list: missing.addPage(list, answer) });
        } catch (error) {
          settle({ error });
        }
      },
      [ui, key],
    );

    useEffect(() => {
      load(missing.EMPTY_LIST);
      return () => abort.current?.abort();
    }, [load]);

    const current = state.key === key ? state : { key, list: missing.EMPTY_LIST, error: null, isLoading: true };
    const { list } = current;
    const more = useCallback(() => load(list), [load, list]);
    const rest = useLoadAll(current, more);
    const edit = (/** @type {(list: any) => any} */ change) => setState((/** @type {any} */ old) => (old.key === key ? { ...old, list: change(old.list) } : old));
    return {
      ...current,
      ...rest,
      more,
      reload: useCallback(() => load(missing.EMPTY_LIST), [load]),
      change: (/** @type {string[]} */ ids, /** @type {any} */ part) => edit((one) => missing.changeScenes(one, ids, part)),
      drop: (/** @type {string} */ id) => edit((one) => missing.dropScene(one, id)),
    };
  }

  /**
   * Load page after page until the end, an error, or `stopLoading`.
   * @param {any} current
   * @param {() => void} more
   */
  function useLoadAll(current, more) {
    const [loadingKey, setLoadingKey] = useState("");
    const { answer, scenes } = current.list;
    const isLoadingAll = loadingKey === current.key && scenes.length < MOST_CARDS && missing.hasMore(answer) && !current.error;
    const isNext = isLoadingAll && !current.isLoading && answer.state === "more";
    useEffect(() => {
      if (isNext) more();
    }, [isNext, more]);
    return {
      isLoadingAll,
      loadAll: () => setLoadingKey(current.key),
      stopLoading: () => setLoadingKey(""),
    };
  }

  Object.assign(missing, { MOST_CARDS, useMissingList });
})();
