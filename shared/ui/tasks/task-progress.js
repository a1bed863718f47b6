// The progress, stop button and result of a task.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;

  /** Show the totals of a run that are above zero. @param {{totals: Record<string, number>, words?: string, changes?: number}} props `words`: the start of the keys of their texts */
  function Totals({ totals, words = "total", changes = 0 }) {
    const t = kit.useText();
    const shown = kit.listTotals(totals).map(([key, count]) => h("span", { key }, t(`${words}.${key}`, { count })));
    return h("span", { className: "sbk-totals" }, shown, changes > totals.changed && h("span", null, t("total.changes", { count: changes })));
  }

  /** @param {{task: StashBundle.TaskState}} props */
  function TaskBar({ task }) {
    if (task.percent !== null) return h(kit.ShareBar, { share: task.percent, label: task.title });
    const bar = { className: "progress-bar progress-bar-striped progress-bar-animated w-100" };
    return h("div", { className: "progress", role: "progressbar", "aria-label": task.title }, h("div", bar));
  }

  /** Show the totals of a run that has ended, its message and its problems. @param {{run: StashBundle.Run, words?: string}} props */
  function RunText({ run, words }) {
    return h(React.Fragment, null, kit.listTotals(run.totals).length > 0 && ": ", h(Totals, { totals: run.totals, words }), run.message && h("div", null, run.message), h(kit.RunProblems, { run, told: run.message }));
  }

  /** @param {{task: StashBundle.TaskState, words?: string}} props */
  function TaskText({ task, words }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const run = task.isActive ? null : task.run;
    const undone = kit.useUndone(run);
    const stop = undone ? null : task.stop;
    return h(
      "div",
      { role: "status", "aria-live": "polite" },
      t(`task.phase.${undone || task.phase}`),
      task.isActive && task.secondsLeft !== null && ` ${t("task.left", { time: kit.formatSpan(task.secondsLeft, locale) })}`,
      stop && stop.percent !== null && ` ${t("task.stop.at", { percent: stop.percent })}`,
      run && h(RunText, { run, words }),
      stop && h("div", null, t(`task.stop.${stop.key}`)),
    );
  }

  /**
   * Show a task's progress with a stop button, then its result; nothing without a task.
   * @param {{task: StashBundle.TaskState, words?: string, children?: any}} props children: shown when the task has ended
   */
  function TaskProgress({ task, words, children }) {
    const t = kit.useText();
    if (!task.isKnown) return null;
    const { phase, isActive } = task;
    const canStop = isActive && (phase === "running" || phase === "queued");
    return h(
      "section",
      { className: `sbk-notice sbk-task sbk-${isActive ? "info" : `${kit.chooseLevel(phase)} sbk-ended`}`, "aria-label": task.title },
      h("div", { className: "sbk-notice-title" }, task.title),
      h(TaskText, { task, words }),
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

  Object.assign(kit, { Totals, TaskProgress });
})();
