// Loading of data for a component, and what the page shows until it is there.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useCallback, useEffect, useRef, useState } = React;

  /**
   * Load data when the key changes, and abort the load of the former key. With `keeps` the former data stay until the new
   * ones arrive: for the pages of one list, so that the buttons of its pager keep the focus.
   * @param {string} key
   * @param {(signal: AbortSignal) => Promise<any>} load
   * @param {{keeps?: boolean}} [options]
   */
  function useLoad(key, load, { keeps = false } = {}) {
    const [state, setState] = useState(/** @type {any} */ ({ key: null, data: undefined, error: null, isLoading: true }));
    const [round, setRound] = useState(0);
    const latest = useRef(load);
    latest.current = load;
    useEffect(() => {
      const abort = new AbortController();
      const settle = (/** @type {any} */ part) =>
        abort.signal.aborted || setState((/** @type {any} */ old) => ({ ...old, ...part, key, isLoading: false }));
      const begin = (/** @type {any} */ old) => ({ ...old, data: keeps || old.key === key ? old.data : undefined });
      setState((/** @type {any} */ old) => ({ ...begin(old), error: null, isLoading: true }));
      latest.current(abort.signal).then(
        (data) => settle({ data, error: null }),
        (error) => settle({ error: kit.asKitError(error) }),
      );
      return () => abort.abort();
    }, [key, round, keeps]);
    const reload = useCallback(() => setRound((/** @type {number} */ one) => one + 1), []);
    const setData = useCallback((/** @type {any} */ data) => setState((/** @type {any} */ old) => ({ ...old, data })), []);
    return { ...state, reload, setData };
  }

  /** Show that something is loading. @param {{text?: string}} props */
  function Loading({ text }) {
    const t = kit.useText();
    return h(
      "div",
      { className: "sbk-loading", role: "status" },
      h(Bootstrap.Spinner, { animation: "border", size: "sm", "aria-hidden": true }),
      h("span", null, text || t("loading")),
    );
  }

  /** Show gray blocks in the places of what is loading; their class gives them its size. @param {{count?: number, className?: string}} props */
  function Skeleton({ count = 1, className = "sbk-skeleton-line" }) {
    const t = kit.useText();
    const block = (/** @type {any} */ _, /** @type {number} */ index) => h("div", { key: index, className: `sbk-skeleton ${className}`, "aria-hidden": true });
    return h(React.Fragment, null, h("span", { className: "sr-only", role: "status" }, t("loading")), Array.from({ length: count }, block));
  }

  /** The gray blocks of each shape: the class of the box around them, the class of a block, and how many there are. */
  const SHAPES = {
    lines: ["sbk-skeletons", "sbk-skeleton-line", 6],
    table: ["sbk-skeletons sbk-skeleton-table", "sbk-skeleton-line", 10],
    cards: ["sbk-grid", "sbk-skeleton-card", 8],
    form: ["sbk-skeletons sbk-skeleton-form", "sbk-skeleton-field", 4],
    boxes: ["sbk-skeletons", "sbk-skeleton-box", 3],
    chart: ["sbk-skeletons", "sbk-skeleton-chart", 1],
  };

  /**
   * Show for a load without data its error with a button to retry, or gray blocks in the shape of what will stand there; with `text` what it waits for.
   * @param {{load: StashBundle.Loaded, text?: string, shape?: keyof typeof SHAPES}} props
   */
  function Pending({ load, text, shape = "lines" }) {
    if (load.error) return h(kit.ErrorBox, { error: load.error, onRetry: load.reload });
    const [place, className, count] = SHAPES[shape];
    return text ? h(Loading, { text }) : h("div", { className: place }, h(Skeleton, { count: Number(count), className: String(className) }));
  }

  /** Show what `children` returns for the data of a load; before that, and after an error, what Pending shows. @param {{load: StashBundle.Loaded, shape?: keyof typeof SHAPES, children: (data: any) => any}} props */
  function Loaded({ load, shape, children }) {
    if (load.error || !load.data) return h(Pending, { load, shape });
    return h("div", { "aria-busy": load.isLoading || undefined }, children(load.data));
  }

  Object.assign(kit, { useLoad, Loading, Skeleton, Pending, Loaded });
})();
