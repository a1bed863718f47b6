// The state of one task: queued, running with progress, ended with its run; found again after a reload.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useRef, useState } = React;
  const JOB_POLL_SECONDS = 1;
  const PUSH_VALID_MS = 5000;
  // Stash pushes updates of jobs over its websocket; older releases do not, so jobs are polled as well.
  const useJobsSubscribe = kit.api.utils.StashService.useJobsSubscribe || (() => ({}));

  /**
   * Ask for a job each second until it has ended and `finish` has succeeded; after an error ask again. Return the function that ends this before.
   * @param {string} jobId
   * @param {{finish: (job: any) => Promise<void>, onJob: (job: any) => void, onError: (error: unknown) => void, isPushed?: () => boolean}} watcher while `isPushed`, Stash tells by itself and is not asked
   */
  function watchJob(jobId, { finish, onJob, onError, isPushed = () => false }) {
    let isBusy = false;
    const ask = async () => {
      if (isBusy || isPushed()) return;
      isBusy = true;
      try {
        const job = await kit.findJob(jobId);
        if (!kit.hasEnded(job)) return onJob(job);
        await finish(job);
        stop();
      } catch (error) {
        onError(error);
      } finally {
        isBusy = false;
      }
    };
    const stop = kit.clock.every(JOB_POLL_SECONDS, () => void ask());
    void ask();
    return stop;
  }

  /**
   * Return the job of a task, pushed by Stash or else polled each second, and its run once it has ended.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.TaskHandle | null} handle
   */
  function useJobProgress(ui, handle) {
    const [state, setState] = useState(/** @type {any} */ ({ job: undefined, run: null, error: null, isOver: false }));
    const lastLive = useRef(0);
    const { data } = useJobsSubscribe();
    const live = data ? data.jobsSubscribe.job : null;
    const jobId = handle ? handle.jobId : "";
    const runToken = handle ? handle.runToken : "";

    useEffect(() => {
      if (!live || live.id !== jobId) return;
      lastLive.current = kit.hasEnded(live) ? 0 : Date.now();
      if (!kit.hasEnded(live)) setState((/** @type {any} */ old) => ({ ...old, job: live, error: null }));
    }, [live, jobId]);

    useEffect(() => {
      setState({ job: undefined, run: null, error: null, isOver: false });
      if (!jobId) return undefined;
      let isCurrent = true;
      const tell = (/** @type {any} */ part) => isCurrent && setState((/** @type {any} */ old) => ({ ...old, error: null, ...part }));
      const finish = async (/** @type {any} */ job) => {
        const isStopped = Boolean(job && job.status === "CANCELLED");
        const { run } = await ui.operation("run_result", { run_token: runToken, ...(isStopped ? { is_stopped: true } : {}) });
        tell({ job, run, isOver: true });
      };
      const isPushed = () => Date.now() - lastLive.current < PUSH_VALID_MS;
      const stop = watchJob(jobId, { finish, onJob: (job) => tell({ job }), onError: (error) => tell({ error }), isPushed });
      return () => {
        isCurrent = false;
        stop();
      };
    }, [ui, jobId, runToken]);
    return state;
  }

  /**
   * Return the state of a task and its actions. A page gives each of its tasks a slot; the tab remembers it, so that a reload finds the task again.
   * @param {string} slot
   * @param {{onEnd?: (run: StashBundle.Run | null) => void}} [options]
   * @returns {StashBundle.TaskState}
   */
  function useTask(slot, { onEnd } = {}) {
    const ui = kit.useUi();
    const { pathname } = ReactRouterDOM.useLocation();
    const name = `stash-bundle:${ui.id}:${slot}`;
    const [handle, setHandle] = useState(() => kit.readMemory(name));
    const isMounted = kit.useIsMounted();
    const progress = useJobProgress(ui, handle);
    const latest = useRef(onEnd);
    latest.current = onEnd;
    const wasSeenActive = useRef(false);
    if (progress.job && !progress.isOver) wasSeenActive.current = true;
    useEffect(() => {
      if (progress.isOver && wasSeenActive.current) ui.tested.emit(slot); // a run can change the plugin's health
      if (progress.isOver && latest.current) latest.current(progress.run);
    }, [ui, slot, progress.isOver, progress.run]);

    kit.useShownSlot(ui, slot);

    const adopt = (/** @type {StashBundle.TaskHandle | null} */ next) => {
      kit.writeMemory(name, next);
      if (next) kit.addRunningTask(ui, next.jobId);
      kit.noteWork(ui, slot, next && pathname);
      if (isMounted.current) setHandle(next);
    };
    const { phase, percent } = kit.describeTask(progress.job, progress.run);
    return {
      start: async (taskName, args, description) => adopt({ ...(await ui.runTask(taskName, args, description)), title: description || taskName }),
      cancel: () => kit.stopJob(handle.jobId),
      adopt,
      dismiss: () => adopt(null),
      handle,
      title: handle ? handle.title : "",
      isActive: Boolean(handle) && !progress.isOver,
      isKnown: Boolean(handle),
      phase,
      percent,
      stop: kit.describeStop(progress.job, progress.run),
      secondsLeft: kit.estimateSecondsLeft(progress.job, Date.now()),
      run: progress.run,
      error: progress.error,
    };
  }

  Object.assign(kit, { watchJob, useJobProgress, useTask });
})();
