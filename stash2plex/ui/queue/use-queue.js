// The React hook behind the Queue tab: reads the status repeatedly and works on entries that are due.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React } = kit;
  const { useCallback, useEffect, useRef, useState } = React;

  /**
   * Return the queue's status and read it again while the page is visible; work on entries that are due.
   * @returns {{status: any, error: any, progress: any, isStepping: boolean, refresh: () => Promise<void>, act: (name: string, args?: any, onAnswer?: (answer: any) => void) => Promise<any>}} `onAnswer` is called before the page shows the new status
   */
  function useQueue() {
    const ui = kit.useUi();
    const isMounted = kit.useIsMounted();
    const [state, setState] = useState(/** @type {any} */ ({ status: null, error: null, progress: null }));
    const [isStepping, setStepping] = useState(false);
    const busy = useRef({ look: false, step: false });
    const take = useCallback(
      (/** @type {any} */ status) =>
        isMounted.current && setState((/** @type {any} */ old) => ({ status, error: null, progress: plexSync.trackProgress(old.progress, status.queue) })),
      [isMounted],
    );
    const fail = useCallback((/** @type {unknown} */ error) => isMounted.current && setState((/** @type {any} */ old) => ({ ...old, error: kit.asKitError(error) })), [isMounted]);
    const step = useCallback(async () => {
      if (busy.current.step || !isMounted.current) return;
      busy.current.step = true;
      setStepping(true);
      try {
        take((await ui.operation("queue_step")).status);
      } catch (error) {
        fail(error);
      } finally {
        busy.current.step = false;
        if (isMounted.current) setStepping(false);
      }
    }, [ui, take, fail, isMounted]);
    const refresh = useCallback(async () => {
      if (busy.current.look) return;
      busy.current.look = true;
      try {
        const status = await ui.operation("status");
        take(status);
        if (plexSync.shouldStep(status, Date.now())) void step();
      } catch (error) {
        fail(error);
      } finally {
        busy.current.look = false;
      }
    }, [ui, take, fail, step]);
    const pace = plexSync.choosePace(state.status);
    useEffect(() => void refresh(), [refresh]);
    useEffect(() => kit.clock.every(pace, () => void refresh()), [pace, refresh]);
    const act = async (/** @type {string} */ name, args = {}, onAnswer = (/** @type {any} */ _answer) => undefined) => {
      const answer = await ui.operation(name, args);
      onAnswer(answer);
      if (answer && answer.queue) take(answer);
      await refresh();
      return answer;
    };
    return { ...state, isStepping, refresh, act };
  }

  Object.assign(plexSync, { useQueue });
})();
