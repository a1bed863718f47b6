// Undo of a run: the preview in a dialog, and the button that opens it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const FEW_CHANGES = 20; // as before a plan is applied

  /** @param {{plan: StashBundle.Loaded}} props */
  function UndoPlan({ plan }) {
    const t = kit.useText();
    if (plan.error || !plan.data) return h(kit.Pending, { load: plan, text: t("undo.checking") });
    const { conflict, changes, unchecked = 0 } = plan.data;
    const count = plan.data.count - conflict;
    return h(
      React.Fragment,
      null,
      h("p", null, count ? t("undo.text", { count }) : t("undo.nothing")),
      conflict > 0 && h("p", { className: "text-warning" }, t("undo.conflicts", { count: conflict })),
      unchecked > 0 && h("p", { className: "text-warning" }, t("undo.unchecked", { count: unchecked })),
      count > 0 && h(kit.ChangeTable, { changes, caption: t("undo.title"), isPlan: true, isUndo: true }),
    );
  }

  /** Show what an undo would change, and undo it; `only` are the ids of the selected changes. `onDone` gets the run of the undo, null if it is queued. @param {{runId: string, only?: string[], onClose: () => void, onDone: (undo: StashBundle.Run | null) => void, onQueued: (handle: any) => void}} props */
  function UndoDialog({ runId, only, onClose, onDone, onQueued }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const args = only ? { run_id: runId, only } : { run_id: runId };
    const plan = kit.useLoad(`${runId}:${(only || []).join()}`, (signal) => ui.operation("history_undo", { ...args, preview: true }, { signal }));
    const isLarge = plan.data && plan.data.count > FEW_CHANGES;
    const backup = kit.useBackup(isLarge ? { plan_id: plan.data.plan_id } : null);
    const apply = async () => {
      const answer = await ui.operation("history_undo", { plan_id: plan.data.plan_id, ...(backup.answer === null ? {} : { backup: backup.answer }) });
      if (answer.job_id) onQueued({ ...kit.readTaskHandle(answer, t("undo.title")), undoes: runId, isPart: Boolean(only) });
      else kit.tellUndone(t, answer.run);
      if (answer.run) kit.noteUndone(ui, runId, answer.run, Boolean(only));
      onDone(answer.run || null);
    };
    const canConfirm = Boolean(plan.data) && backup.isReady && plan.data.count > plan.data.conflict;
    const ask = { title: t("undo.title"), confirmText: t("undo.confirm"), canConfirm, onConfirm: apply, onClose, size: "xl" };
    return h(kit.ConfirmDialog, ask, h(UndoPlan, { plan }), h(kit.BackupOffer, { backup }));
  }

  /** Return the task of a queued undo. If it undoes everything, the corner tells it and the undone run says so: it leaves no notice. @param {string} slot @param {() => void} onDone */
  function useUndoTask(slot, onDone) {
    const ui = kit.useUi();
    const t = kit.useText();
    const finish = (/** @type {StashBundle.Run | null} */ undo) => {
      const { undoes = "", isPart } = task.handle || {};
      if (undo && undoes) kit.noteUndone(ui, undoes, undo, isPart);
      if (undo && undo.state === "finished") {
        kit.tellUndone(t, undo);
        task.dismiss();
      }
      onDone();
    };
    const task = kit.useTask(slot, { onEnd: finish });
    return task;
  }

  /** Show a button that undoes a run after a preview; nothing if no change can be undone. @param {{run: StashBundle.Run, onDone?: () => void}} props */
  function UndoButton({ run, onDone = () => undefined }) {
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    const [isOver, setOver] = useState(false);
    const task = useUndoTask(`undo-${run.id}`, onDone);
    const finish = (/** @type {StashBundle.Run | null} */ undo) => {
      setOver(!undo || undo.state !== "failed");
      onDone();
    };
    if (!run.undoable) return null;
    return h(
      React.Fragment,
      null,
      !isOver && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => setAsking(true) }, h(kit.Icon, { name: "faRotateLeft" }), h("span", null, t("undo.run"))),
      h(kit.TaskProgress, { task }),
      isAsking && h(UndoDialog, { runId: run.id, onClose: () => setAsking(false), onDone: finish, onQueued: task.adopt }),
    );
  }

  Object.assign(kit, { UndoDialog, UndoButton, useUndoTask });
})();
