// The unsaved changes of the tree: listed, taken back, saved.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { treeCore: core } = tagging;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const MAX_PENDING = 200;
  const MAX_ROWS = 200; // of a page of the history

  /** One unsaved change, with a button that takes it back. @param {{model: any, edge: string, kind: string, message: string}} props */
  function PendingRow({ model, edge, kind, message }) {
    const t = kit.useText();
    const { tag, parent } = core.readEdge(edge);
    const text = t(`pending.${kind}`, { tag: core.nameTag(model.tags, tag), parent: core.nameTag(model.tags, parent) });
    const label = t("pending.back", { text });
    return h(
      "li",
      { className: "tm-pending-row" },
      h("span", null, text, message && h("div", { className: "text-danger small", role: "alert" }, message)),
      h(Bootstrap.Button, { className: "minimal", size: "sm", "aria-label": label, title: label, onClick: () => model.setEdge(tag, parent, kind !== "add") }, h(kit.Icon, { name: "faUndo" })),
    );
  }

  /** The unsaved changes, and the buttons that save or drop them. @param {{model: any, saving: any}} props */
  function PendingChanges({ model, saving }) {
    const t = kit.useText();
    const { changes } = model;
    const takeAllBack = () => {
      model.setChanges(new Map());
      model.setRefused([]);
    };
    return h(
      "section",
      { "aria-label": t("pending.title") },
      h("h2", { className: "h5" }, t("pending.title")),
      h(kit.TaskProgress, { task: saving.task }),
      saving.error && h(kit.ErrorBox, { error: saving.error }),
      saving.unsaved.count > 0 && changes.size > 0 && h(kit.Notice, { level: "warning", role: "alert" }, t("pending.left", { count: saving.unsaved.count }), " ", saving.unsaved.why),
      !changes.size && h("p", { className: "text-muted" }, t("pending.none")),
      h("ul", { className: "tm-pending-list" }, [...changes].slice(0, MAX_PENDING).map(([edge, kind]) => h(PendingRow, { key: edge, model, edge, kind, message: saving.messages.get(edge) || "" }))),
      changes.size > MAX_PENDING && h("p", { className: "text-muted small" }, t("pending.more", { count: changes.size - MAX_PENDING })),
      changes.size > 0 &&
        h(
          "div",
          { className: "sbk-actions" },
          h(kit.ActionButton, { variant: "primary", disabled: saving.task.isActive, onClick: saving.save, onError: saving.setError }, t("pending.save", { count: changes.size })),
          h(Bootstrap.Button, { variant: "secondary", onClick: takeAllBack }, t("pending.back.all")),
        ),
    );
  }

  /** Saves the changes: makes a plan and applies it at once, because the list is the preview. Changes that failed stay listed with the reason. @param {any} model @param {(answer: any) => void} onRead */
  function useSaving(model, onRead) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [messages, setMessages] = useState(/** @type {ReadonlyMap<string, string>} */ (new Map()));
    const [unsaved, setUnsaved] = useState({ count: 0, why: "" });
    const [error, setError] = useState(/** @type {unknown} */ (null));
    const readResult = async (/** @type {any} */ run, /** @type {Map<string, string>} */ reasons) => {
      for (const outcome of run ? ["failed", "conflict"] : []) {
        const { changes } = await ui.operation("history_changes", { run_id: run.id, outcome, page: 1, page_size: MAX_ROWS });
        changes.forEach((/** @type {any} */ row) => reasons.set(core.edgeOf(row), row.message || ""));
      }
      const answer = await ui.operation("hierarchy_get");
      const open = core.listPending(core.readTags(answer.tags), model.changes);
      for (const edge of open.keys()) if (!reasons.get(edge)) reasons.set(edge, t("pending.unsaid"));
      kit.forgetCached(["findTags", "findTag"]);
      const saved = model.changes.size - open.size;
      model.setChanges(open);
      setMessages(reasons);
      setUnsaved({ count: open.size, why: (run && run.message) || "" });
      if (saved) kit.toast.success(t("pending.saved", { count: saved }));
      onRead(answer);
    };
    const finish = kit.useAction(async (/** @type {any} */ run) => {
      await readResult(run, new Map(messages));
      task.dismiss();
    }, setError);
    const task = kit.useTask("hierarchy", { onEnd: finish.run });
    const save = async () => {
      setError(null);
      setUnsaved({ count: 0, why: "" });
      const { plan_id, items, refused } = await ui.operation("hierarchy_plan", { changes: core.makeRequest(model.changes) });
      const reasons = new Map(refused.map((/** @type {any} */ one) => [core.edgeKey(one.tag_id, one.parent_id), one.message]));
      const answer = items ? await ui.operation("plan_apply", { plan_id }) : { run: null };
      setMessages(reasons);
      if (answer.job_id) task.adopt(kit.readTaskHandle(answer, t("pending.saving")));
      else await readResult(answer.run, reasons);
    };
    return { save, task, messages, unsaved, error, setError };
  }

  Object.assign(tagging, { PendingChanges, useSaving });
})();
