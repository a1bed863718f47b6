// An undo at once, without a dialog: what it did is told in the corner. And the message about a change with the button that undoes it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const MOST_FAILURES = 5; // in a row: a lost answer does not end the wait

  /** Remember for all parts of the page that a run was undone, or a part of it. @param {StashBundle.Ui} ui @param {string} runId @param {StashBundle.Run} undo the run of the undo @param {boolean} [isPart] only some changes were to be undone */
  function noteUndone(ui, runId, undo, isPart = false) {
    const how = undo.state === "finished" && !isPart ? "undone" : (undo.changes || 0) > 0 ? "undone_in_part" : "";
    if (how) ui.undoneRuns.emit({ ...(ui.undoneRuns.last || {}), [runId]: how });
  }

  /**
   * Tell in the corner what an undo did, and why it kept values. Return true if the page has to show the former state.
   * @param {StashBundle.Translate} t
   * @param {StashBundle.Run | null} run null: there was nothing to undo
   */
  function tellUndone(t, run) {
    const count = (run && run.changes) || 0;
    if (!run) kit.toast.warning(t("undo.nothing"));
    else if (run.state === "finished") kit.toast.success(t("undo.done", { count }));
    else kit.toast.warning([t(count ? "undo.done.part" : "undo.none", { count }), ...[run.message, ...kit.listProblems(run, run.message || "")].filter(Boolean)].join(" "));
    return !run || count > 0 || run.state === "finished";
  }

  /** Return the run of a task when it has ended; the page shows its progress meanwhile. @param {StashBundle.Ui} ui @param {string} slot @param {StashBundle.TaskHandle} handle @returns {Promise<StashBundle.Run>} */
  function waitForRun(ui, slot, handle) {
    kit.writeMemory(`stash-bundle:${ui.id}:${slot}`, handle);
    kit.addRunningTask(ui, handle.jobId);
    kit.noteWork(ui, slot, ui.path);
    return new Promise((resolve, reject) => {
      let failures = 0;
      const finish = async () => resolve((await ui.operation("run_result", { run_token: handle.runToken })).run);
      const onError = (/** @type {unknown} */ error) => {
        failures += 1;
        if (failures < MOST_FAILURES) return;
        stop();
        reject(error);
      };
      const stop = kit.watchJob(handle.jobId, { finish, onJob: () => void (failures = 0), onError });
    });
  }

  /**
   * Undo all of a run without asking, because the person has just done it, and tell what was undone. Return true if the page has to show the former state.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.Translate} t
   * @param {string} runId
   */
  async function undoNow(ui, t, runId) {
    const plan = await ui.operation("history_undo", { run_id: runId, preview: true });
    if (!plan.count) return tellUndone(t, null);
    const answer = await ui.operation("history_undo", { plan_id: plan.plan_id });
    const run = answer.job_id ? await waitForRun(ui, `undo-${runId}`, kit.readTaskHandle(answer, t("undo.title"))) : answer.run;
    if (run) noteUndone(ui, runId, run);
    if (run && run.state === "finished") kit.forgetWork(ui, `undo-${runId}`); // the corner tells it, and the undone run says so
    return tellUndone(t, run);
  }

  /**
   * Tell that a run of an operation has changed something, with a button that undoes all of it; then `onUndone` shows the former state.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.Translate} t
   * @param {string} text
   * @param {StashBundle.Run} run
   * @param {() => void} onUndone
   */
  function tellUndoable(ui, t, text, run, onUndone) {
    kit.toast.undo(text, async () => {
      if (await undoNow(ui, t, run.id)) onUndone();
    });
  }

  Object.assign(kit, { noteUndone, tellUndone, undoNow, tellUndoable });
})();
