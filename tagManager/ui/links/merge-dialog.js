// The merge dialog: fields, conflicts, the list of changes, saving, and the result.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { mergeCore: core } = tagging;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useRef, useState } = React;

  /** A link that opens a tag's page in a new browser tab, so that the choices in the dialog stay. @param {{tag: any, children?: any}} props */
  function TagPageLink({ tag, children }) {
    return h(ReactRouterDOM.Link, { to: `/tags/${tag.id}`, target: "_blank", rel: "noopener", className: "btn btn-secondary btn-sm" }, children);
  }

  /** One conflict of names, with the ways to solve it. @param {{conflict: any, onMerge: (holder: any) => void, onLeaveOut: () => void}} props */
  function Conflict({ conflict, onMerge, onLeaveOut }) {
    const t = kit.useText();
    const { holder, field } = conflict;
    return h(
      "li",
      { className: "tm-conflict" },
      h("span", null, conflict.message),
      h(
        "div",
        { className: "sbk-actions" },
        h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: onLeaveOut }, t(field === "name" ? "merge.solve.keep" : "merge.solve.leave_out")),
        h(Bootstrap.Button, { size: "sm", variant: "danger", onClick: () => onMerge(holder) }, t("merge.solve.merge", { name: holder.name })),
        h(TagPageLink, { tag: holder }, t("merge.solve.open", { name: holder.name })),
      ),
    );
  }

  /** All conflicts of the present choices; they scroll into view when they appear. @param {{state: any}} props */
  function Conflicts({ state }) {
    const t = kit.useText();
    const top = useRef(/** @type {HTMLDivElement | null} */ (null));
    const { open, choice } = state;
    useEffect(() => {
      if (open.length && top.current) top.current.scrollIntoView({ block: "nearest" });
    }, [open.length]);
    if (!open.length) return null;
    const dropConflict = (/** @type {any[]} */ ...conflicts) => () => state.setChoice(conflicts.reduce(core.dropConflict, choice));
    return h(
      "div",
      { ref: top },
      h(
        kit.Notice,
        { level: "danger", title: t("merge.conflicts", { count: open.length }) },
        h("div", null, t("merge.conflicts.text")),
        h(
          "ul",
          { className: "tm-conflicts" },
          open.map((/** @type {any} */ conflict) => h(Conflict, { key: `${conflict.value}>${conflict.holder.id}`, conflict, onMerge: state.addMerge, onLeaveOut: dropConflict(conflict) })),
        ),
        open.length > 1 && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: dropConflict(...open) }, t("merge.solve.all")),
      ),
    );
  }

  /** Warnings that other tags have the same link, which Stash allows but is rarely intended. @param {any} props */
  function SharedLinkWarnings({ state, shown }) {
    const t = kit.useText();
    const isMerged = (/** @type {any} */ one) => state.merged.some((/** @type {any} */ each) => each.id === one.id);
    const others = state.choice.link ? shown.remote.linked_to.filter((/** @type {any} */ one) => one.id !== shown.tag.id && !isMerged(one)) : [];
    return others.map((/** @type {any} */ one) =>
      h(
        kit.Notice,
        { key: one.id, level: "warning", title: t("merge.elsewhere", { name: one.name }) },
        t("merge.elsewhere.text"),
        h(
          "div",
          { className: "sbk-actions" },
          h(Bootstrap.Button, { size: "sm", variant: "danger", onClick: () => state.addMerge(one) }, t("merge.solve.merge", { name: one.name })),
          h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => state.setChoice({ ...state.choice, link: false }) }, t("merge.solve.no_link")),
          h(TagPageLink, { tag: one }, t("merge.solve.open", { name: one.name })),
        ),
      ),
    );
  }

  /** The tags that will be merged into this one. @param {any} props */
  function MergedTags({ state }) {
    const t = kit.useText();
    return state.merged.map((/** @type {any} */ one) =>
      h(kit.Notice, { key: one.id, level: "danger", title: t("change.merged") }, t("merge.merged", { name: one.name }), h("div", { className: "sbk-actions" }, h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => state.dropMerge(one) }, t("merge.merged.not")))),
    );
  }

  /** The list of changes that saving makes. @param {{changes: {what: string, value: any}[], merged: any[], box: string}} props */
  function Summary({ changes, merged, box }) {
    const t = kit.useText();
    const nameOf = (/** @type {any} */ id) => (merged.find((one) => one.id === id) || { name: id }).name;
    const shownValues = (/** @type {{what: string, value: any}} */ { what, value }) => (what === "merge" ? nameOf(value) : what === "description" ? box : value);
    const line = (/** @type {{what: string, value: any}} */ change) => h("li", { key: `${change.what}${change.value}`, className: change.what === "merge" ? "text-danger" : undefined }, t(`merge.what.${change.what}`, { value: shownValues(change) }));
    return h(
      "div",
      { role: "status" },
      h("h3", { className: "h6" }, t("merge.summary")),
      !changes.length && h("p", { className: "text-muted" }, t("merge.summary.none")),
      changes.length > 0 && h("ul", null, changes.map(line)),
    );
  }

  /**
   * State of the dialog: choices, conflicts and saving; empty until the tags are loaded.
   * @param {any} shown
   * @param {any} args
   * @param {(run: StashBundle.Run) => void} onSaved
   */
  function useMerge(shown, args, onSaved) {
    const ui = kit.useUi();
    const [edit, setEdit] = useState(/** @type {any} */ ({ merged: [], error: null }));
    const { merged } = edit;
    const choice = edit.choice || (shown && shown.chosen);
    const conflicts = edit.conflicts || (shown ? shown.conflicts : []);
    const change = (/** @type {any} */ part) => setEdit((/** @type {any} */ old) => ({ ...old, ...part }));
    const ids = merged.map((/** @type {any} */ one) => one.id);
    const open = shown ? core.listConflicts(shown, conflicts, choice, ids) : [];
    const save = async () => {
      change({ error: null });
      const aliases = core.chooseAliases(shown, choice);
      const answer = await ui.operation("merge_plan", { ...args, choice: { ...choice, aliases }, merge: ids });
      if (answer.plan_id && !open.length) return onSaved((await ui.operation("plan_apply", { plan_id: answer.plan_id })).run);
      return change({ conflicts: core.updateConflicts(conflicts, answer.conflicts, [core.chooseName(shown, choice), ...aliases]) });
    };
    return {
      choice,
      merged,
      open,
      changes: shown ? core.listChanges(shown, choice, ids) : [],
      error: edit.error,
      saving: kit.useAction(save, (error) => change({ error })),
      setChoice: (/** @type {any} */ next) => change({ choice: next }),
      addMerge: (/** @type {any} */ tag) => change({ merged: [...merged, tag] }),
      dropMerge: (/** @type {any} */ tag) => change({ merged: merged.filter((/** @type {any} */ one) => one.id !== tag.id) }),
    };
  }

  /** The result of a saved merge. @param {{run: StashBundle.Run, onClose: () => void}} props */
  function MergeResult({ run, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad(`changes:${run.id}`, (signal) => ui.operation("history_changes", { run_id: run.id, page: 1, page_size: 100 }, { signal }));
    return h(
      React.Fragment,
      null,
      h(kit.Notice, { level: kit.chooseLevel(run.state), title: run.state === "finished" ? t("merge.done") : t(`task.phase.${run.state}`) }, h(kit.Totals, { totals: run.totals }), run.message && h("div", null, run.message)),
      found.data && h(kit.ChangeTable, { changes: found.data.changes, caption: t("history.no_changes") }),
      h("div", { className: "sbk-actions" }, h(kit.UndoButton, { run, onDone: found.reload }), h(Bootstrap.Button, { variant: "primary", size: "sm", onClick: onClose }, t("action.close"))),
    );
  }

  /** Warnings, fields and summary of the dialog. @param {{shown: any, state: any, box: string}} props */
  function MergeForm({ shown, state, box }) {
    const t = kit.useText();
    const { choice, setChoice } = state;
    return h(
      React.Fragment,
      null,
      h("p", { className: "text-muted" }, t("merge.text")),
      h(Conflicts, { state }),
      h(SharedLinkWarnings, { state, shown }),
      h(MergedTags, { state }),
      tagging.MergeFields.map((/** @type {any} */ Part, /** @type {number} */ index) => h(Part, { key: index, shown, choice, setChoice, box })),
      h(Summary, { changes: state.changes, merged: state.merged, box }),
    );
  }

  /** Cancel and Save; with open conflicts the button checks again. @param {{state: any, onClose: () => void}} props */
  function MergeButtons({ state, onClose }) {
    const t = kit.useText();
    const { isBusy, run } = state.saving;
    return h(
      React.Fragment,
      null,
      state.error && h(kit.ErrorBox, { error: state.error }),
      h(Bootstrap.Button, { variant: "secondary", onClick: onClose, disabled: isBusy }, t("action.cancel")),
      h(
        Bootstrap.Button,
        { variant: state.merged.length ? "danger" : "primary", onClick: run, disabled: isBusy || !state.changes.length, "aria-busy": isBusy || undefined },
        state.open.length ? t("merge.check") : t("merge.save", { count: state.changes.length }),
      ),
    );
  }

  /**
   * Compares a tag with a box tag field by field, and saves the user's choices.
   * @param {{tagId: number, remote: {endpoint: string, id: string, name: string}, box: string, onClose: () => void, onDone: (run: any) => void}} props
   */
  function MergeDialog({ tagId, remote, box, onClose, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [run, setRun] = useState(/** @type {StashBundle.Run | null} */ (null));
    const args = { tag_id: tagId, endpoint: remote.endpoint, remote_id: remote.id };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("merge_show", args, { signal }));
    const shown = found.data;
    const state = useMerge(shown, args, setRun);
    const title = shown ? t("merge.title", { name: shown.tag.name, box, remote: remote.name }) : remote.name;
    const close = () => (run ? onDone(run) : onClose());
    const isOpen = Boolean(shown) && !run;
    return h(
      kit.Dialog,
      { title, onClose: close, size: "xl", isBusy: state.saving.isBusy, footer: isOpen && h(MergeButtons, { state, onClose }) },
      found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
      !shown && !found.error && h(kit.Loading),
      isOpen && h(MergeForm, { shown, state, box }),
      run && h(MergeResult, { run, onClose: close }),
    );
  }

  Object.assign(tagging, { MergeDialog });
})();
