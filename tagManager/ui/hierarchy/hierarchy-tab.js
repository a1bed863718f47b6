// The Hierarchy tab: search, the tree, actions for the selected tags, and the unsaved changes.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { treeCore: core } = tagging;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useMemo, useState } = React;
  const MAX_OPTIONS = 20;
  const MAX_PENDING = 200;
  const MAX_ROWS = 200; // of a page of the history

  /** Returns a tag's name, or its number if Stash no longer has it. @param {any} tags @param {number} id */
  function nameTag(tags, id) {
    return tags.names.get(id) || `#${id}`;
  }

  /** The search field, and buttons to step through the matches. @param {{model: any}} props */
  function Search({ model }) {
    const t = kit.useText();
    const count = model.matches.length;
    const press = (/** @type {any} */ event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      model.step(event.shiftKey ? -1 : 1);
    };
    const step = (/** @type {string} */ text, /** @type {string} */ icon, /** @type {number} */ by) =>
      h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": t(text), title: t(text), disabled: count < 2, onClick: () => model.step(by) }, h(kit.Icon, { name: icon }));
    return h(
      "div",
      { className: "sbk-filters tm-search" },
      h(
        Bootstrap.Form.Group,
        { controlId: "tm-tree-search", className: "sbk-field" },
        h(Bootstrap.Form.Label, { className: "small" }, t("tree.search")),
        h(Bootstrap.Form.Control, { type: "search", size: "sm", className: "text-input", autoComplete: "off", value: model.text, onChange: (/** @type {any} */ event) => model.search(event.target.value), onKeyDown: press }),
      ),
      model.text.trim() !== "" &&
        h("span", { role: "status", className: "small" }, count ? t("tree.match", { at: model.at + 1, count }) : t("tree.match.none")),
      h("div", { className: "sbk-actions tm-tight" }, step("tree.match.previous", "faChevronUp", -1), step("tree.match.next", "faChevronDown", 1)),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: model.openAll }, t("tree.open_all")),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: model.closeAll }, t("tree.close_all")),
    );
  }

  /** The parents of the active tag, each with a link to that row and a button that removes it. @param {{model: any, row: any}} props */
  function Parents({ model, row }) {
    const t = kit.useText();
    const name = nameTag(model.tags, row.id);
    const parents = model.tree.parents.get(row.id) || [];
    if (!parents.length) return h("span", { className: "text-muted" }, t("tree.no_parents"));
    const chip = (/** @type {number} */ parent) => {
      const label = t("tree.parent.remove", { name, parent: nameTag(model.tags, parent) });
      return h(
        "span",
        { key: parent, className: "tm-chip" },
        h(Bootstrap.Button, { className: "minimal", onClick: () => model.reveal(core.pathTo(model.tree, row.id, parent)) }, nameTag(model.tags, parent)),
        h(Bootstrap.Button, { className: "minimal", "aria-label": label, title: label, onClick: () => model.setEdge(row.id, parent, false) }, h(kit.Icon, { name: "faTimes" })),
      );
    };
    return h(React.Fragment, null, h("span", { className: "text-muted" }, t("tree.parents")), parents.map(chip));
  }

  /** The active tag with its parents, and the commands for the selected rows. @param {{model: any}} props */
  function ActiveBar({ model }) {
    const t = kit.useText();
    const row = model.activeRow();
    const chosen = model.chosenRows();
    const isOff = !chosen.length;
    const button = (/** @type {string} */ text, /** @type {() => void} */ onClick, disabled = isOff) => h(Bootstrap.Button, { size: "sm", variant: "secondary", disabled, onClick }, text);
    const hasParent = chosen.some((/** @type {any} */ one) => one.parent !== null);
    return h(
      "div",
      { className: "tm-active-bar" },
      h(
        "div",
        { className: "sbk-actions tm-tight" },
        row ? h(ReactRouterDOM.Link, { to: `/tags/${row.id}`, title: t("tree.open_page") }, h("strong", null, nameTag(model.tags, row.id))) : h("span", { className: "text-muted" }, t("tree.none_active")),
        row && h(Parents, { model, row }),
      ),
      h(
        "div",
        { className: "sbk-actions tm-tight" },
        button(t("tree.move"), () => model.askMove(false)),
        button(t("tree.add"), () => model.askMove(true)),
        button(t("tree.out"), model.takeOut, !hasParent),
        button(t("tree.cut"), () => model.pickUp(false)),
        button(t("tree.copy"), () => model.pickUp(true)),
        model.clipboard && row && button(t("tree.paste", { name: nameTag(model.tags, row.id) }), model.paste),
        model.clipboard && button(t("tree.drop"), model.drop),
        model.selected.size > 0 && h("span", { role: "status" }, t("tree.ticked", { count: model.ticked().length })),
        model.selected.size > 0 && h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: model.clear }, t("table.clear")),
      ),
      h("div", { role: "status", className: "small" }, model.clipboard && t("tree.hand", { names: listNames(model, model.clipboard.places) })),
    );
  }

  /** @param {any} model @param {any[]} places */
  function listNames(model, places) {
    return places.map((place) => nameTag(model.tags, place.id)).join(", ");
  }

  /** Why the last move was refused: it would make a circle. @param {{model: any}} props */
  function Refusals({ model }) {
    const t = kit.useText();
    if (!model.refused.length) return null;
    const explain = (/** @type {any} */ one) => {
      const tag = nameTag(model.tags, one.id);
      const path = one.path.map((/** @type {number} */ id) => nameTag(model.tags, id)).join(" › ");
      return one.path.length < 2 ? t("tree.circle.self", { tag }) : t("tree.circle", { tag, parent: nameTag(model.tags, one.parent), path });
    };
    return h(kit.Notice, { level: "warning" }, model.refused.map((/** @type {any} */ one) => h("div", { key: one.id }, explain(one))));
  }

  /** Chooses the new parent of the selected tags. @param {{model: any}} props */
  function MoveDialog({ model }) {
    const t = kit.useText();
    const { places, keeps } = model.asking;
    const [chosen, setChosen] = useState(/** @type {any} */ (null));
    const [isKept, setKept] = useState(keeps);
    const find = async (/** @type {string} */ text) => {
      const ids = text.trim() ? core.findTags(model.tags, text) : model.tree.roots;
      return ids.slice(0, MAX_OPTIONS).map((/** @type {number} */ id) => {
        const { refused } = core.moveTags(model.tags, model.changes, places, id, isKept);
        const isOff = refused.length === places.length;
        const parents = (model.tree.parents.get(id) || []).map((/** @type {number} */ one) => nameTag(model.tags, one)).join(", ");
        return { id, name: nameTag(model.tags, id), note: isOff ? t("tree.dialog.circle") : parents, isOff };
      });
    };
    const values = { count: places.length, name: listNames(model, places) };
    const confirm = () => model.move(places, chosen.id, isKept, "");
    const title = t(keeps ? "tree.dialog.add" : "tree.dialog.move", values);
    return h(
      kit.ConfirmDialog,
      { title, confirmText: t(keeps ? "tree.add" : "tree.move").replace("…", ""), canConfirm: chosen !== null, onConfirm: confirm, onClose: model.endAsking },
      h(tagging.Chooser, { id: "tm-move-to", label: t("tree.dialog.to"), find, chosen, onChoose: setChosen }),
      !keeps && h(kit.Tick, { id: "tm-move-keeps", label: t("tree.dialog.keeps"), isOn: isKept, onChange: setKept }),
    );
  }

  /** One unsaved change, with a button that takes it back. @param {{model: any, edge: string, kind: string, message: string}} props */
  function PendingRow({ model, edge, kind, message }) {
    const t = kit.useText();
    const { tag, parent } = core.readEdge(edge);
    const text = t(`pending.${kind}`, { tag: nameTag(model.tags, tag), parent: nameTag(model.tags, parent) });
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
      { className: "tm-pending", "aria-label": t("pending.title") },
      h("h5", null, t("pending.title")),
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
      if (answer.job_id) task.adopt({ jobId: answer.job_id, runToken: answer.run_token, title: t("pending.saving") });
      else await readResult(answer.run, reasons);
    };
    return { save, task, messages, unsaved, error, setError };
  }

  /** The tab's content once the tags are loaded. @param {{found: StashBundle.Loaded}} props */
  function Tree({ found }) {
    const t = kit.useText();
    const tags = useMemo(() => core.readTags(found.data.tags), [found.data]);
    const model = tagging.useTreeModel(tags);
    const saving = useSaving(model, found.setData);
    return h(
      "div",
      { className: "tm-hierarchy" },
      h(
        "div",
        { className: "tm-hierarchy-main" },
        h(Search, { model }),
        h(ActiveBar, { model }),
        h(Refusals, { model }),
        h(tagging.TreeView, { model }),
        h("details", { className: "small text-muted" }, h("summary", null, t("tree.keys")), t("tree.keys.text")),
      ),
      h(PendingChanges, { model, saving }),
      model.asking && h(MoveDialog, { model }),
    );
  }

  function Hierarchy() {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad("hierarchy", (signal) => ui.operation("hierarchy_get", {}, { signal }));
    return h(
      React.Fragment,
      null,
      h("p", null, t("tree.text"), found.data && h("span", { className: "text-muted" }, ` ${t("tree.count", { count: found.data.count })}`)),
      (found.error || !found.data) && h(kit.Pending, { load: found }),
      found.data && !found.data.count && h(kit.Empty, { icon: "faTags", title: t("tree.none") }),
      found.data && found.data.count > 0 && h(Tree, { found }),
    );
  }

  Object.assign(tagging, { Hierarchy });
})();
