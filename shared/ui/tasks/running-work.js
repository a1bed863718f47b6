// The work that goes on although its page or dialog was left: one line for each such task, on every tab of the plugin.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect } = React;

  /** Return the name under which the browser tab remembers which tasks of a plugin were started. @param {StashBundle.Ui} ui */
  const nameMemory = (ui) => `stash-bundle:${ui.id}:work`;

  /** Return the tasks that were started in this browser tab and not dismissed. @param {StashBundle.Ui} ui @returns {{slot: string, path: string}[]} */
  function listWork(ui) {
    return kit.readMemory(nameMemory(ui)) || [];
  }

  /** Remember that a slot has a task, started at a path; without a path forget it. useTask calls it. @param {StashBundle.Ui} ui @param {string} slot @param {string | null} path */
  function noteWork(ui, slot, path) {
    const others = listWork(ui).filter((one) => one.slot !== slot);
    const work = path === null ? others : [...others, { slot, path }];
    kit.writeMemory(nameMemory(ui), work.length ? work : null);
    ui.work.emit(work);
  }

  /** Forget the task of a slot. @param {StashBundle.Ui} ui @param {string} slot */
  function forgetWork(ui, slot) {
    kit.writeMemory(`stash-bundle:${ui.id}:${slot}`, null);
    noteWork(ui, slot, null);
  }

  /** Tell RunningWork that a task is on the page, so that it is not shown twice. @param {StashBundle.Ui} ui @param {string} slot */
  function useShownSlot(ui, slot) {
    useEffect(() => {
      ui.shownSlots.emit([...(ui.shownSlots.last || []), slot]);
      return () => {
        const rest = [...ui.shownSlots.last];
        rest.splice(rest.indexOf(slot), 1);
        ui.shownSlots.emit(rest);
      };
    }, [ui, slot]);
  }

  /** @param {{slot: string, path: string}} props */
  function WorkLine({ slot, path }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const handle = kit.readMemory(`stash-bundle:${ui.id}:${slot}`);
    const progress = kit.useJobProgress(ui, handle);
    const { phase, percent } = kit.describeTask(progress.job, progress.run);
    const isActive = !progress.isOver;
    const undone = kit.useUndone(progress.run);
    useEffect(() => {
      if (!handle) noteWork(ui, slot, null);
    }, [ui, slot, handle]);
    if (!handle) return null;
    return h(
      "div",
      { className: `sbk-notice sbk-work sbk-${isActive ? "info" : kit.chooseLevel(phase)}`, role: "status" },
      isActive && h(Bootstrap.Spinner, { animation: "border", size: "sm", "aria-hidden": true }),
      h("strong", null, handle.title),
      h("span", null, t(`task.phase.${undone || phase}`), percent !== null && isActive && ` ${percent} %`),
      h(ReactRouterDOM.Link, { to: path, "aria-label": `${t("work.show")}: ${handle.title}` }, t("work.show")),
      !isActive && h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: () => forgetWork(ui, slot) }, t("task.dismiss")),
    );
  }

  /** Show the tasks of this plugin whose page or dialog is closed; the page of each plugin has it above its tabs. */
  function RunningWork() {
    const ui = kit.useUi();
    const work = kit.useSignal(ui.work, listWork(ui));
    const shown = kit.useSignal(ui.shownSlots, []);
    const hidden = work.filter((/** @type {any} */ one) => !shown.includes(one.slot));
    return hidden.length > 0 && h("div", { className: "sbk-works" }, hidden.map((/** @type {any} */ one) => h(WorkLine, { key: one.slot, ...one })));
  }

  Object.assign(kit, { noteWork, forgetWork, useShownSlot, RunningWork });
})();
