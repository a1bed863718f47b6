// The tasks that pages of this browser tab have started: the bundle's icon shows that they run, also after their page was left.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const POLL_SECONDS = 5;
  const ENDED = ["FINISHED", "CANCELLED", "FAILED"];

  /** @param {StashBundle.Ui} ui @returns {string[]} */
  const readJobs = (ui) => kit.readMemory(`stash-bundle:${ui.id}:jobs`) || [];

  /** Return a sentence about what a plugin does and needs, "" for nothing. @param {StashBundle.Ui} ui @param {number} count @param {boolean} isWorking */
  function describeSigns(ui, count, isWorking) {
    const t = kit.makeTranslate(ui.dictionaries, navigator.language);
    return [isWorking && t("bundle.working"), count > 0 && t("bundle.attention", { count })].filter(Boolean).join(", ");
  }

  /** Store the running jobs and tell the bundle. @param {StashBundle.Ui} ui @param {string[]} jobs */
  function keepJobs(ui, jobs) {
    kit.writeMemory(`stash-bundle:${ui.id}:jobs`, jobs.length ? jobs : null);
    const isWorking = jobs.length > 0;
    kit.tellBundle(ui.member, { isWorking, says: describeSigns(ui, ui.member.attention, isWorking) });
  }

  /** Return the jobs that have not ended; a job that Stash has forgotten has. @param {string[]} jobs */
  async function findRunning(jobs) {
    const asked = jobs.map((id) => `j${Number(id)}: findJob(input: { id: ${Number(id)} }) { status }`);
    const { data } = await (await kit.post(`query FindJobs { ${asked.join(" ")} }`)).json();
    return jobs.filter((id) => data[`j${Number(id)}`] && !ENDED.includes(data[`j${Number(id)}`].status));
  }

  /** Ask Stash for the jobs until all have ended. @param {StashBundle.Ui} ui */
  function watchJobs(ui) {
    keepJobs(ui, readJobs(ui));
    if (!ui.member.isWorking || ui.stopWatching) return;
    let isBusy = false;
    const ask = async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        const asked = readJobs(ui);
        const running = await findRunning(asked);
        keepJobs(ui, readJobs(ui).filter((id) => running.includes(id) || !asked.includes(id)));
        if (!ui.member.isWorking && ui.stopWatching) ui.stopWatching = void ui.stopWatching();
      } catch (error) {
        console.warn(`${ui.name}: Stash did not tell whether the tasks still run.`, error); // asked again in a moment
      } finally {
        isBusy = false;
      }
    };
    ui.stopWatching = kit.clock.every(POLL_SECONDS, () => void ask());
  }

  /** Show on the bundle's icon that a task runs, until it has ended. @param {StashBundle.Ui} ui @param {string} jobId */
  function addRunningTask(ui, jobId) {
    kit.writeMemory(`stash-bundle:${ui.id}:jobs`, [...new Set([...readJobs(ui), jobId])]);
    watchJobs(ui);
  }

  Object.assign(kit, { describeSigns, watchJobs, addRunningTask });
})();
