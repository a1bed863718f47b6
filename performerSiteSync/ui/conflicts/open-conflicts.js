// Open conflicts with their candidates and decisions.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { Link } = kit.api.libraries.ReactRouterDOM;
  const { useRef, useState } = React;
  const PAGE_SIZE = 10;

  /** Show the decisions that a user can make about one candidate. @param {{conflict: any, record: any, onDecide: (decision: string, record: any) => unknown, onMerge: (source: any) => void}} props */
  function CandidateActions({ conflict, record, onDecide, onMerge }) {
    const t = kit.useText();
    const can = (/** @type {string} */ decision) => conflict.decisions.includes(decision);
    const named = (/** @type {string} */ key) => ({ size: "sm", "aria-label": `${t(key)}: ${record.name}${record.disambiguation ? ` (${record.disambiguation})` : ""}` });
    const isRemote = Boolean(record.remote_id);
    const link = conflict.what === "id_twice" ? "conflict.keep" : "conflict.link";
    return h(
      React.Fragment,
      null,
      isRemote && can("link") && h(kit.ActionButton, { ...named(link), variant: "primary", icon: "faLink", onClick: () => onDecide("link", record) }, t(link)),
      isRemote && can("not") && h(kit.ActionButton, { ...named("conflict.not"), onClick: () => onDecide("not", record) }, t("conflict.not")),
      !isRemote && record.id && can("merge") && h(Bootstrap.Button, { ...named("conflict.merge"), variant: "primary", onClick: () => onMerge(record) }, t("conflict.merge")),
    );
  }

  /**
   * Return the function that carries out a decision about a conflict: the row stays with its outcome, and the message offers Undo.
   * @param {{found: any, rows: any, onDone: () => void}} list
   */
  function useDecide({ found, rows, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const latest = useRef(found); // an Undo comes later, when other rows have changed
    latest.current = found;
    const replace = (/** @type {any} */ next) => {
      const { data, setData } = latest.current;
      setData({ ...data, conflicts: data.conflicts.map((/** @type {any} */ one) => (one.key === next.key ? next : one)) });
    };
    return async (/** @type {any} */ conflict, /** @type {string} */ decision, /** @type {any} */ record) => {
      const candidate = record ? { endpoint: record.endpoint, remote_id: record.remote_id } : {};
      const answer = await ui.operation("conflict_decide", { key: conflict.key, decision, ...candidate });
      const text = answer.run ? `${t("conflict.linked")} ${answer.message}` : answer.message;
      Object.entries(answer.problems || {}).forEach(([box, problem]) => kit.toast.warning(`${box}: ${problem}`));
      performers.forgetEntities();
      onDone();
      const undo = async () => {
        if (answer.run && !(await kit.undoNow(ui, t, answer.run.run_id))) return false;
        const { message } = await ui.operation("conflict_reopen", { key: conflict.key, ...(record ? { remote_id: record.remote_id } : {}) });
        if (!answer.run) kit.toast.success(message);
        replace(conflict);
        performers.forgetEntities();
        onDone();
        return true;
      };
      const rest = conflict.candidates.filter((/** @type {any} */ one) => one !== record);
      if (decision !== "not" || !rest.some((/** @type {any} */ one) => one.remote_id)) return rows.decide(conflict.key, { text, run: () => Promise.resolve(), undo });
      replace({ ...conflict, candidates: rest });
      return kit.toast.undo(text, undo);
    };
  }

  /** @param {{conflict: any, onDecide: (decision: string, record: any) => unknown, onMerged: () => void, rowRef: any}} props */
  function Conflict({ conflict, onDecide, onMerged, rowRef }) {
    const t = kit.useText();
    const [merging, setMerging] = useState(/** @type {any} */ (null));
    const isDoubted = conflict.what === "doubted";
    const never = isDoubted ? "conflict.right" : "conflict.never";
    const isOtherKept = ["merged", "shared"].includes(conflict.what); // the candidate has the id that lives on, or is older
    return h(
      "section",
      { className: "ps-panel", role: "group", "aria-label": conflict.item.label, ref: rowRef },
      h("h2", { className: "h4" }, h(performers.EntityLink, { kind: conflict.item.kind, id: conflict.item.id }, conflict.item.label)),
      h("p", null, h(Bootstrap.Badge, { variant: "warning", className: "mr-2" }, t(`what.${conflict.what}`)), conflict.message),
      h(
        "div",
        { className: "ps-people" },
        conflict.local && h(performers.EntityCard, { record: conflict.local, badge: t("person.yours") }),
        conflict.candidates.map((/** @type {any} */ record) =>
          h(performers.EntityCard, { key: `${record.endpoint} ${record.remote_id} ${record.id}`, record }, h(CandidateActions, { conflict, record, onDecide, onMerge: setMerging })),
        ),
      ),
      h(
        "div",
        { className: "sbk-actions" },
        isDoubted && h(Link, { to: `/plugins/tag-manager/doctor?scene=${conflict.item.id}`, className: "btn btn-primary btn-sm" }, t("conflict.doctor")),
        conflict.decisions.includes("never") && h(kit.ActionButton, { size: "sm", "aria-label": `${t(never)}: ${conflict.item.label}`, onClick: () => onDecide("never", null) }, t(never)),
      ),
      merging && h(performers.MergeDialog, { kind: conflict.item.kind, first: isOtherKept ? merging : conflict.local, second: isOtherKept ? conflict.local : merging, onClose: () => setMerging(null), onDone: onMerged }),
    );
  }

  /** Show a filter by the kind of conflict, with counts. @param {{counts: Record<string, number>, what: string, onChange: (what: string) => void}} props */
  function ConflictFilter({ counts, what, onChange }) {
    const t = kit.useText();
    const known = Object.entries(counts).filter(([key, count]) => count > 0 || key === what);
    if (known.length < 2 && !what) return null;
    const choices = [{ value: "", label: t("conflict.all") }, ...known.map(([value, count]) => ({ value, label: `${t(`what.${value}`)} (${count})` }))];
    return h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "ps-what", label: t("conflict.what"), value: what, choices, onChange }));
  }

  /** Show the number of conflicts of boxes that are off or no longer configured, with a button that drops them. @param {{asleep: {boxes: string[], count: number}, onDone: () => void}} props */
  function OrphanedConflicts({ asleep, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const drop = async () => {
      kit.toast.success((await ui.operation("conflicts_drop")).message);
      onDone();
    };
    return h(
      "div",
      { className: "sbk-actions" },
      h("span", { className: "text-muted ps-endpoint" }, t("asleep.text", { count: asleep.count, boxes: asleep.boxes.join(", ") })),
      h(kit.ActionButton, { size: "sm", onClick: drop }, t("asleep.drop")),
    );
  }

  /** Show the open conflicts. @param {{about?: Record<string, unknown>, onDone?: () => void, isQuiet?: boolean}} props `about`: only those of one performer or studio; `isQuiet`: show nothing if there are none */
  function OpenConflicts({ about = {}, onDone = () => undefined, isQuiet = false }) {
    const t = kit.useText();
    const [what, setWhat] = useState("");
    const { found, pager, setPage } = performers.usePages("conflicts", { ...about, ...(what && { what }) }, PAGE_SIZE);
    const keys = found.data ? found.data.conflicts.map((/** @type {any} */ one) => one.key) : [];
    const rows = kit.useRowOutcomes(keys);
    const decide = useDecide({ found, rows, onDone });
    const merged = (/** @type {string} */ key) => () => {
      void rows.decide(key, { text: t("merge.done"), run: () => Promise.resolve() });
      onDone();
    };
    const loadRest = () => {
      rows.clear();
      found.reload();
    };
    const row = (/** @type {any} */ conflict) =>
      rows.outcomes[conflict.key]
        ? h(performers.DecidedRow, { key: conflict.key, name: conflict.item.label, text: rows.outcomes[conflict.key] })
        : h(Conflict, { key: conflict.key, conflict, onDecide: (/** @type {string} */ decision, /** @type {any} */ record) => decide(conflict, decision, record), onMerged: merged(conflict.key), rowRef: rows.rowRef(conflict.key) });
    const choose = (/** @type {string} */ next) => {
      setWhat(next);
      setPage(1);
    };
    const render = (/** @type {any} */ data) =>
      h(
        React.Fragment,
        null,
        h(ConflictFilter, { counts: data.counts || {}, what, onChange: choose }),
        !isQuiet && data.conflicts.length === 0 && h(kit.Empty, { icon: "faCircleCheck", title: t("conflict.none"), text: t("conflict.none.text") }),
        data.conflicts.map(row),
        h(performers.RestOfRows, { outcomes: rows.outcomes, keys, count: data.count, pager, onMore: loadRest }),
        !isQuiet && data.asleep && data.asleep.count > 0 && h(OrphanedConflicts, { asleep: data.asleep, onDone: found.reload }),
      );
    return h(kit.Loaded, { load: found, shape: "boxes", children: render });
  }

  Object.assign(performers, { OpenConflicts });
})();
