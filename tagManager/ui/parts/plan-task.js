// A task that makes a plan: the tabs start it, follow it and open what it found.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging } = kit;

  /**
   * Returns the task and `start(args)`, which queues it. `onPlan` gets the id of the plan of an ended task; a message says that there is none, and what was left out.
   * @param {{slot: string, operation: string, running: string, none: string, onPlan: (planId: string) => void}} options `running` and `none` are texts
   */
  function usePlanTask({ slot, operation, running, none, onPlan }) {
    const ui = kit.useUi();
    const end = (/** @type {any} */ run) => {
      if (!run || (run.state !== "finished" && !run.plan_id)) return; // the progress shows why
      task.dismiss();
      if (run.plan_id) onPlan(String(run.plan_id));
      const told = [!run.plan_id && none, run.message].filter(Boolean).join(" ");
      if (told) kit.toast.success(told);
    };
    const task = kit.useTask(slot, { onEnd: end });
    const start = async (/** @type {any} */ args = {}) => task.adopt(kit.readTaskHandle(await ui.operation(operation, args), running));
    return { task, start };
  }

  Object.assign(tagging, { usePlanTask });
})();
