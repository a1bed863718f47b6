// A task of Stash from start to end: queued, running with progress, stopped, and what the plugin says it really did.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useRef, useState } = React;
  const ASK_EVERY = 1;
  const LIVE_FOR = 5000;
  // Updates Stash pushes over its websocket; nothing where there is none.
  const useJobsSubscribe = kit.api.utils.StashService.useJobsSubscribe || (() => ({}));

  /** What this browser tab kept under a name; null when there is nothing. @param {string} name */
  function readMemory(name) {
    try {
      return JSON.parse(window.sessionStorage.getItem(name) || "null");
    } catch {
      return null; // private windows may forbid it; then a reload forgets the task on this page, not the task itself
    }
  }

  /**
   * Keeps a value over a reload of this browser tab; null forgets it.
   * @param {string} name
   * @param {unknown} value
   */
  function writeMemory(name, value) {
    try {
      if (value === null) window.sessionStorage.removeItem(name);
      else window.sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      return; // as above
    }
  }

  /**
   * The job of a task, live where Stash pushes it and asked for once a second otherwise, and its run once it ended.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.TaskHandle | null} handle
   */
  function useProgress(ui, handle) {
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
      let isBusy = false;
      const finish = async (/** @type {any} */ job) => {
        const { run } = await ui.operation("run_result", { run_token: runToken });
        if (isCurrent) setState({ job, run, error: null, isOver: true });
        stop();
      };
      const ask = async () => {
        if (isBusy || Date.now() - lastLive.current < LIVE_FOR) return;
        isBusy = true;
        try {
          const job = await kit.findJob(jobId);
          if (kit.hasEnded(job)) await finish(job);
          else if (isCurrent) setState((/** @type {any} */ old) => ({ ...old, job, error: null }));
        } catch (error) {
          if (isCurrent) setState((/** @type {any} */ old) => ({ ...old, error }));
        } finally {
          isBusy = false;
        }
      };
      const stop = kit.clock.every(ASK_EVERY, () => void ask());
      void ask();
      return () => {
        isCurrent = false;
        stop();
      };
    }, [ui, jobId, runToken]);
    return state;
  }

  /**
   * One place on a page where a task of this plugin runs; survives a reload of the page.
   * @param {string} slot
   * @param {{onEnd?: (run: StashBundle.Run | null) => void}} [options]
   * @returns {StashBundle.TaskState}
   */
  function useTask(slot, { onEnd } = {}) {
    const ui = kit.useUi();
    const name = `stash-bundle:${ui.id}:${slot}`;
    const [handle, setHandle] = useState(() => readMemory(name));
    const isMounted = kit.useIsMounted();
    const progress = useProgress(ui, handle);
    const latest = useRef(onEnd);
    latest.current = onEnd;
    useEffect(() => {
      if (progress.isOver && latest.current) latest.current(progress.run);
    }, [progress.isOver, progress.run]);

    const adopt = (/** @type {StashBundle.TaskHandle | null} */ next) => {
      writeMemory(name, next);
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
      run: progress.run,
      error: progress.error,
    };
  }

  /** @param {{totals: Record<string, number>, words?: string}} props `words`: what the texts begin with */
  function Totals({ totals, words = "total" }) {
    const t = kit.useText();
    return h("span", { className: "sbk-totals" }, kit.listTotals(totals).map(([key, count]) => h("span", { key }, t(`${words}.${key}`, { count }))));
  }

  /** @param {{task: StashBundle.TaskState}} props */
  function TaskBar({ task }) {
    const isUnknown = task.percent === null;
    return h(Bootstrap.ProgressBar, {
      animated: true,
      now: isUnknown ? 100 : task.percent,
      label: isUnknown ? "" : `${task.percent}%`,
      "aria-label": task.title,
      variant: task.phase === "queued" ? "secondary" : undefined,
    });
  }

  /** @param {{task: StashBundle.TaskState, words?: string}} props */
  function TaskWords({ task, words }) {
    const t = kit.useText();
    const run = task.isActive ? null : task.run;
    return h(
      "div",
      { role: "status", "aria-live": "polite" },
      t(`task.phase.${task.phase}`),
      run && h(React.Fragment, null, " ", h(Totals, { totals: run.totals, words })),
      run && run.message && h("div", null, run.message),
    );
  }

  /**
   * Progress, stop button and result of a task; nothing while there is none.
   * @param {{task: StashBundle.TaskState, words?: string, children?: any}} props children: what to offer when it is over
   */
  function TaskProgress({ task, words, children }) {
    const t = kit.useText();
    if (!task.isKnown) return null;
    const { phase, isActive } = task;
    const canStop = isActive && (phase === "running" || phase === "queued");
    return h(
      "section",
      { className: `sbk-notice sbk-task sbk-${isActive ? "info" : kit.levelOf(phase)}`, "aria-label": task.title },
      h("div", { className: "sbk-notice-title" }, task.title),
      h(TaskWords, { task, words }),
      isActive && h(TaskBar, { task }),
      task.error && h(kit.ErrorBox, { error: task.error }),
      h(
        "div",
        { className: "sbk-actions" },
        canStop && h(kit.ActionButton, { size: "sm", variant: "danger", onClick: task.cancel }, t("task.cancel")),
        !isActive && children,
        !isActive && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: task.dismiss }, t("task.dismiss")),
      ),
    );
  }

  Object.assign(kit, { useTask, TaskProgress, Totals, readMemory, writeMemory });
})();
