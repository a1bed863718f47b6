// Lets Whisparr search for scenes that it has, and follows the search until it has ended.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useCallback, useEffect, useState } = React;
  const SEARCH_POLL_SECONDS = 3;

  /**
   * Return a function that starts a search, and the search that runs; `onEnd` is called when Whisparr has searched.
   * @param {string} endpoint
   * @param {() => void} onEnd
   */
  function useSearch(endpoint, onEnd) {
    const ui = kit.useUi();
    const t = kit.useText();
    const isMounted = kit.useIsMounted();
    const [running, setRunning] = useState(/** @type {{id: number, whisparr: string, count: number}[]} */ ([]));
    const start = useCallback(
      async (/** @type {any[]} */ parts) => {
        for (const part of parts) {
          const { command_id: id, count } = await ui.operation("whisparr_search", { endpoint, ...part });
          if (isMounted.current) setRunning((old) => [...old, { id, whisparr: part.whisparr, count }]);
        }
      },
      [ui, endpoint, isMounted],
    );
    useEffect(() => {
      const [first] = running;
      if (!first) return undefined;
      const drop = () => setRunning((old) => old.filter((one) => one !== first));
      const look = async () => {
        const { state, message } = await ui.operation("whisparr_command", { command_id: first.id, whisparr: first.whisparr });
        if (state === "running" || !isMounted.current) return;
        drop();
        (state === "done" ? kit.toast.success : kit.toast.warning)(message);
        onEnd();
      };
      const fail = (/** @type {unknown} */ error) => {
        if (!isMounted.current) return;
        drop();
        kit.toast.error(error);
      };
      return kit.clock.every(SEARCH_POLL_SECONDS, () => void look().catch(fail));
      // a new end function is no new search
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [ui, running, isMounted]);
    const count = running.reduce((sum, one) => sum + one.count, 0);
    const line = count > 0 && h("p", { className: "ms-searching", role: "status" }, h(kit.Icon, { name: "faSpinner", className: "fa-spin" }), " ", t("search.running", { count }));
    return { start, isRunning: count > 0, line };
  }

  /** Show the button that searches for these scenes now. @param {{word: string, scenes: any[], statusOf: (id: string) => any, search: any}} props */
  function SearchButton({ word, scenes, statusOf, search }) {
    const t = kit.useText();
    if (!scenes.length) return null;
    return h(kit.ActionButton, { size: "sm", icon: "faSearch", disabled: search.isRunning, onClick: () => search.start(missing.makeSearchArgs(scenes, statusOf)) }, t(word, { count: scenes.length }));
  }

  Object.assign(missing, { useSearch, SearchButton });
})();
