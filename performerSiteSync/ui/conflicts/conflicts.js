// What only a person can decide: who is meant, which decisions were made, which records are gone.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 10;
  const LIST_SIZE = 25;
  const KEEPS = { keeps: true };
  const VIEWS = ["open", "decisions", "gone"];

  /**
   * One page of a list of the plugin.
   * @param {string} operation
   * @param {Record<string, unknown>} asked
   * @param {number} size
   */
  function usePages(operation, asked, size) {
    const ui = kit.useUi();
    const [page, setPage] = useState(1);
    const query = { ...asked, page, page_size: size };
    const found = kit.useLoad(`${operation} ${JSON.stringify(query)}`, (signal) => ui.operation(operation, query, { signal }), KEEPS);
    const pager = found.data ? h(kit.Pager, { page, size, total: found.data.count, onPage: setPage }) : null;
    return { found, pager, setPage };
  }

  /** What can be done about one candidate. @param {{conflict: any, person: any, onDecide: (decision: string, person: any) => unknown, onMerge: (source: any) => void}} props */
  function CandidateActions({ conflict, person, onDecide, onMerge }) {
    const t = kit.useText();
    const can = (/** @type {string} */ decision) => conflict.decisions.includes(decision);
    const named = (/** @type {string} */ key) => ({ size: "sm", "aria-label": `${t(key)}: ${person.name}${person.disambiguation ? ` (${person.disambiguation})` : ""}` });
    const isRemote = Boolean(person.remote_id);
    const link = conflict.what === "id_twice" ? "conflict.keep" : "conflict.link";
    return h(
      React.Fragment,
      null,
      isRemote && can("link") && h(kit.ActionButton, { ...named(link), variant: "primary", icon: "faLink", onClick: () => onDecide("link", person) }, t(link)),
      isRemote && can("not") && h(kit.ActionButton, { ...named("conflict.not"), onClick: () => onDecide("not", person) }, t("conflict.not")),
      !isRemote && person.id && can("merge") && h(Bootstrap.Button, { ...named("conflict.merge"), variant: "primary", onClick: () => onMerge(person) }, t("conflict.merge")),
    );
  }

  /** @param {{conflict: any, onDone: () => void}} props */
  function Conflict({ conflict, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [merging, setMerging] = useState(/** @type {any} */ (null));
    const decide = async (/** @type {string} */ decision, /** @type {any} */ person) => {
      const whom = person ? { endpoint: person.endpoint, remote_id: person.remote_id } : {};
      const answer = await ui.operation("conflict_decide", { key: conflict.key, decision, ...whom });
      const said = answer.run ? `${t("conflict.linked")} ${answer.message}` : answer.message;
      if (Object.keys(answer.problems || {}).length) kit.toast.warning(said);
      else kit.toast.success(said);
      performers.forgetEntities();
      onDone();
    };
    return h(
      "section",
      { className: "ps-panel", "aria-label": conflict.item.label },
      h("h4", null, h(performers.EntityLink, { kind: conflict.item.kind, id: conflict.item.id }, conflict.item.label)),
      h("p", null, h(Bootstrap.Badge, { variant: "warning", className: "mr-2" }, t(`what.${conflict.what}`)), conflict.title, " ", h("span", { className: "text-muted" }, conflict.message)),
      h(
        "div",
        { className: "ps-people" },
        conflict.local && h(performers.PersonCard, { person: conflict.local, badge: t("person.yours") }),
        conflict.candidates.map((/** @type {any} */ person) =>
          h(performers.PersonCard, { key: `${person.endpoint} ${person.remote_id} ${person.id}`, person }, h(CandidateActions, { conflict, person, onDecide: decide, onMerge: setMerging })),
        ),
      ),
      h(
        "div",
        { className: "sbk-actions" },
        conflict.decisions.includes("never") && h(kit.ActionButton, { size: "sm", "aria-label": `${t("conflict.never")}: ${conflict.item.label}`, onClick: () => decide("never", null) }, t("conflict.never")),
      ),
      merging && h(performers.MergeDialog, { kind: conflict.item.kind, first: conflict.local, second: merging, onClose: () => setMerging(null), onDone }),
    );
  }

  /** What there is, to choose one sort of it. @param {{counts: Record<string, number>, what: string, onChange: (what: string) => void}} props */
  function Whats({ counts, what, onChange }) {
    const t = kit.useText();
    const known = Object.entries(counts).filter(([key, count]) => count > 0 || key === what);
    if (known.length < 2 && !what) return null;
    const choices = [{ value: "", label: t("conflict.all") }, ...known.map(([value, count]) => ({ value, label: `${t(`what.${value}`)} (${count})` }))];
    return h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "ps-what", label: t("conflict.what"), value: what, choices, onChange }));
  }

  /** Conflicts of boxes that are off or were taken out of Stash. @param {{asleep: {boxes: string[], count: number}, onDone: () => void}} props */
  function Asleep({ asleep, onDone }) {
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

  /** @param {{about?: Record<string, unknown>, onDone?: () => void, isQuiet?: boolean}} props about: one performer or site only; quiet: nothing where there is nothing */
  function OpenConflicts({ about = {}, onDone = () => undefined, isQuiet = false }) {
    const t = kit.useText();
    const [what, setWhat] = useState("");
    const { found, pager, setPage } = usePages("conflicts", { ...about, ...(what && { what }) }, PAGE_SIZE);
    const finish = () => {
      found.reload();
      onDone();
    };
    const choose = (/** @type {string} */ next) => {
      setWhat(next);
      setPage(1);
    };
    const render = (/** @type {any} */ data) =>
      h(
        React.Fragment,
        null,
        h(Whats, { counts: data.counts || {}, what, onChange: choose }),
        !isQuiet && data.conflicts.length === 0 && h(kit.Empty, { icon: "faCircleCheck", title: t("conflict.none"), text: t("conflict.none.text") }),
        data.conflicts.map((/** @type {any} */ conflict) => h(Conflict, { key: conflict.key, conflict, onDone: finish })),
        pager,
        !isQuiet && data.asleep && data.asleep.count > 0 && h(Asleep, { asleep: data.asleep, onDone: found.reload }),
      );
    return h(performers.Found, { found, children: render });
  }

  function Decisions() {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const { found, pager } = usePages("decisions", {}, LIST_SIZE);
    const takeBack = async (/** @type {any} */ row) => {
      kit.toast.success((await ui.operation("decision_take_back", { key: row.key })).message);
      found.reload();
    };
    const columns = [
      { key: "item", title: t("history.item"), render: (/** @type {any} */ row) => h(performers.EntityLink, { kind: row.item.kind, id: row.item.id }, row.item.label) },
      { key: "decision", title: t("decision.what"), render: (/** @type {any} */ row) => h(React.Fragment, null, t(row.what === "duplicate" ? "decision.two" : `decision.${row.decision}`, { name: row.name || row.remote_id || "", box: row.box || "" }), row.reason && h("div", { className: "text-muted small" }, row.reason)) },
      { key: "made_at", title: t("history.when"), render: (/** @type {any} */ row) => kit.formatMoment(row.made_at, locale) },
      { key: "back", title: "", render: (/** @type {any} */ row) => h(kit.ActionButton, { size: "sm", "aria-label": `${t("decision.back")}: ${row.item.label}`, onClick: () => takeBack(row) }, t("decision.back")) },
    ];
    const empty = h(kit.Empty, { title: t("decision.none"), text: t("decision.none.text") });
    const render = (/** @type {any} */ data) => h(React.Fragment, null, h(kit.Table, { caption: t("view.decisions"), columns, rows: data.decisions, keyOf: (/** @type {any} */ row) => row.key, empty }), pager);
    return h(performers.Found, { found, children: render });
  }

  function Gone() {
    const ui = kit.useUi();
    const t = kit.useText();
    const { found, pager } = usePages("gone", {}, LIST_SIZE);
    const unlink = async (/** @type {any} */ row) => {
      const answer = await ui.operation("unlink", { kind: row.item.kind, id: row.item.id, endpoint: row.endpoint, remote_id: row.remote_id });
      kit.toast.success(`${t("gone.unlinked")} ${answer.message}`);
      performers.forgetEntities();
      found.reload();
    };
    const columns = [
      { key: "item", title: t("history.item"), render: (/** @type {any} */ row) => h(performers.EntityLink, { kind: row.item.kind, id: row.item.id }, row.item.label) },
      { key: "box", title: t("source.box") },
      { key: "remote_id", title: t("gone.id"), className: "sbk-value" },
      { key: "unlink", title: "", render: (/** @type {any} */ row) => h(kit.ActionButton, { size: "sm", "aria-label": `${t("gone.unlink")}: ${row.item.label}`, onClick: () => unlink(row) }, t("gone.unlink")) },
    ];
    const empty = h(kit.Empty, { icon: "faCircleCheck", title: t("gone.none") });
    const render = (/** @type {any} */ data) =>
      h(
        React.Fragment,
        null,
        h("p", { className: "text-muted" }, t("gone.text")),
        h(kit.Table, { caption: t("view.gone"), columns, rows: data.gone, keyOf: (/** @type {any} */ row) => `${row.item.kind} ${row.item.id} ${row.remote_id}`, empty }),
        pager,
      );
    return h(performers.Found, { found, children: render });
  }

  const PANELS = /** @type {Record<string, any>} */ ({ open: OpenConflicts, decisions: Decisions, gone: Gone });

  function Conflicts() {
    const ui = kit.useUi();
    const t = kit.useText();
    const { search } = ReactRouterDOM.useLocation();
    const asked = new URLSearchParams(search).get("show") || "";
    const view = VIEWS.includes(asked) ? asked : VIEWS[0];
    const link = (/** @type {string} */ key) =>
      h(ReactRouterDOM.Link, { key, to: `${ui.path}/conflicts${key === VIEWS[0] ? "" : `?show=${key}`}`, className: `btn btn-secondary btn-sm ${key === view ? "active" : ""}`, "aria-current": key === view ? "page" : undefined }, t(`view.${key}`));
    return h(React.Fragment, null, h("div", { className: "sbk-toolbar", role: "group", "aria-label": t("tab.conflicts") }, VIEWS.map(link)), h(PANELS[view], { key: view }));
  }

  Object.assign(performers, { Conflicts, OpenConflicts, usePages });
})();
