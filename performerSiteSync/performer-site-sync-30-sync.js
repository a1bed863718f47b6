// Previews of what the boxes would change, and applying them; the same for one performer or site on its own page.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { useState } = React;
  const TASKS = { performers: "Update All Performers", studios: "Update All Sites", favorites: "Sync Favorite Performers (All Sources)" };

  /** The plan a task left, whenever one is there. @param {StashBundle.Run | null} run */
  function planOf(run) {
    return run && /** @type {any} */ (run).plan_id ? String(/** @type {any} */ (run).plan_id) : null;
  }

  /** @param {{task: StashBundle.TaskState, isFresh: boolean, scope: string}} props */
  function PreviewButtons({ task, isFresh, scope }) {
    const t = kit.useText();
    const start = (/** @type {keyof typeof TASKS} */ what) => () => {
      const isSome = scope === "favorites" && what !== "favorites";
      return task.start(TASKS[what], { dry_run: true, ...(isFresh && { fresh: true }), ...(isSome && { favorites: true }) }, t("sync.running"));
    };
    const names = /** @type {(keyof typeof TASKS)[]} */ (Object.keys(TASKS));
    return h(
      React.Fragment,
      null,
      names.map((name) => h(kit.ActionButton, { key: name, icon: "faEye", disabled: task.isActive, onClick: start(name) }, t(`sync.preview.${name}`))),
    );
  }

  function Sync() {
    const t = kit.useText();
    const [planId, setPlanId] = useState(/** @type {string | null} */ (null));
    const [scope, setScope] = useState("all");
    const [isFresh, setFresh] = useState(false);
    const task = kit.useTask("sync", { onEnd: (run) => setPlanId(planOf(run)) });
    const choices = ["all", "favorites"].map((value) => ({ value, label: t(`sync.${value}`) }));
    return h(
      React.Fragment,
      null,
      h("p", null, t("sync.text")),
      h(
        "div",
        { className: "sbk-filters" },
        h(kit.Picker, { id: "ps-scope", label: t("sync.scope"), value: scope, choices, onChange: setScope }),
        h(kit.Tick, { id: "ps-fresh", label: t("sync.fresh"), isOn: isFresh, onChange: setFresh }),
      ),
      h("div", { className: "sbk-toolbar" }, h(PreviewButtons, { task, isFresh, scope })),
      h(kit.TaskProgress, { task }),
      planId ? h(kit.PlanPanel, { key: planId, planId }) : h(kit.Empty, { icon: "faEye", title: t("sync.none"), text: t("sync.none.text") }),
    );
  }

  /** What the boxes answered, with a warning for each that did not. @param {{answer: any}} props */
  function Answer({ answer }) {
    const t = kit.useText();
    const problems = Object.entries(answer.problems || {});
    const isPlanned = Boolean(answer.run && answer.run.planned);
    return h(
      React.Fragment,
      null,
      problems.map(([box, message]) => h(kit.Notice, { key: box, level: "warning", title: box }, message)),
      isPlanned ? h(kit.PlanPanel, { planId: String(answer.run.plan_id) }) : h(kit.Empty, { title: t("one.nothing"), text: answer.message }),
    );
  }

  /** @param {{entity: StashBundle.Entity, onClose: () => void}} props */
  function OneDialog({ entity, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const args = { id: entity.id, kind: entity.kind, dry_run: true };
    const found = kit.useLoad(`${entity.kind} ${entity.id}`, (signal) => ui.operation("update_one", args, { signal }));
    return h(
      kit.Dialog,
      { title: t("one.title"), onClose, size: "xl" },
      found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
      !found.data && !found.error && h(kit.Loading, { text: t("one.asking") }),
      found.data && h(Answer, { answer: found.data }),
    );
  }

  Object.assign(performers, { Sync, OneDialog });
})();
