// The Unmatched tab: tags of a box without a tag in the library, by the number of scenes that would get them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;

  /** The plan that creates tags. @param {{answer: any, box: any, onClose: () => void}} props */
  function CreateDialog({ answer, box, onClose }) {
    const t = kit.useText();
    return h(kit.Dialog, { title: t("unmatched.create.title"), onClose, size: "xl" }, h(tagging.ImportPlan, { answer, endpoint: box.endpoint, box: box.name }));
  }

  /** Creates the selected tags, or puts them onto the blacklist. @param {{rows: any[], box: any, onDone: () => void}} props */
  function UnmatchedActions({ rows, box, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [answer, setAnswer] = useState(/** @type {any} */ (null));
    const create = async () => setAnswer(await ui.operation("import_plan", { endpoint: box.endpoint, remote_ids: rows.map((row) => row.id) }));
    const ignore = async () => {
      await ui.operation("blacklist_add", { names: rows.map((row) => row.name) });
      kit.toast.success(t("unmatched.ignored", { count: rows.length }));
      onDone();
    };
    const close = () => {
      setAnswer(null);
      onDone();
    };
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", variant: "primary", onClick: create }, t("unmatched.create.many", { count: rows.length })),
      h(kit.ActionButton, { size: "sm", onClick: ignore }, t("unmatched.ignore")),
      answer && h(CreateDialog, { answer, box, onClose: close }),
    );
  }

  /** Links a tag of the library to the box's tag. @param {{row: any, box: any, onClose: () => void, onDone: () => void}} props */
  function LinkDialog({ row, box, onClose, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [chosen, setChosen] = useState(/** @type {any} */ (null));
    const [conflict, setConflict] = useState(/** @type {any} */ (null));
    const [isComparing, setComparing] = useState(false);
    const link = async () => {
      const more = conflict ? { replace: true, anyway: true } : {};
      const answer = await ui.operation("link_accept", { tag_id: chosen.id, endpoint: box.endpoint, remote_id: row.id, ...more });
      setConflict(answer.conflict);
      if (answer.conflict) return;
      kit.toast.success(t("unmatched.linked", { name: chosen.name, remote: row.name }));
      onDone();
    };
    const choose = (/** @type {any} */ option) => (setConflict(null), setChosen(option));
    if (isComparing) return h(tagging.MergeDialog, { tagId: chosen.id, remote: { ...row, endpoint: box.endpoint }, box: box.name, onClose, onDone });
    const footer = h(
      React.Fragment,
      null,
      h(Bootstrap.Button, { variant: "secondary", disabled: !chosen, onClick: () => setComparing(true) }, t("merge.open")),
      h(kit.ActionButton, { variant: "primary", disabled: !chosen, onClick: link }, t(conflict ? "unmatched.link.anyway" : "tags.accept")),
    );
    return h(
      kit.Dialog,
      { title: t("unmatched.link.title", { name: row.name }), onClose, footer },
      h("p", null, t("unmatched.link.text", { box: box.name })),
      h(tagging.Chooser, { id: "tm-link-local", label: t("import.parent.tag"), find: tagging.findLocalTags, chosen, onChoose: choose }),
      conflict && h(kit.Notice, { level: "warning" }, conflict.message),
    );
  }

  /** Returns what the buttons of a row do: `create` and `ignore` it at once, with undo; an import with a conflict or a question opens its plan. @param {any} box @param {any} own what useRowOutcomes returns @param {(answer: any) => void} onPlan */
  function useRowActions(box, own, onPlan) {
    const ui = kit.useUi();
    const t = kit.useText();
    const create = async (/** @type {any} */ row) => {
      const answer = await ui.operation("import_plan", { endpoint: box.endpoint, remote_ids: [row.id] });
      const { create: created, link } = answer.counted;
      if (answer.conflicts.length > 0 || !(created + link)) return onPlan(answer);
      const { run } = await ui.operation("plan_apply", { plan_id: String(answer.plan_id) });
      if (!run || run.state !== "finished") return onPlan(answer);
      tagging.forgetPages();
      return own.decide(row.id, { text: t("unmatched.created", { name: row.name }), run: async () => undefined, undo: () => kit.undoNow(ui, t, run.id) });
    };
    const ignore = (/** @type {any} */ row) => {
      const names = [row.name];
      return own.decide(row.id, { text: t("unmatched.ignored", { count: 1 }), run: () => ui.operation("blacklist_add", { names }), undo: () => ui.operation("blacklist_remove", { names }) });
    };
    return { create, ignore };
  }

  /** The buttons of a tag, or what was decided about it. @param {{row: any, own: any, actions: any, onLink: () => void}} props */
  function RowButtons({ row, own, actions, onLink }) {
    const t = kit.useText();
    if (own.outcomes[row.id]) return h(tagging.RowOutcome, { text: own.outcomes[row.id] });
    const name = (/** @type {string} */ key) => ({ "aria-label": `${t(key)}: ${row.name}` });
    return h(
      "div",
      { className: "tm-buttons", ref: own.rowRef(row.id) },
      h(kit.ActionButton, { size: "sm", variant: "primary", ...name("unmatched.create"), onClick: () => actions.create(row) }, t("unmatched.create")),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": t("unmatched.link.for", { name: row.name }), onClick: onLink }, t("unmatched.link")),
      h(kit.ActionButton, { size: "sm", ...name("unmatched.ignore"), onClick: () => actions.ignore(row) }, t("unmatched.ignore")),
    );
  }

  /** A tag of the box with its category. @param {{row: any, box: any}} props */
  function UnmatchedName({ row, box }) {
    return h(React.Fragment, null, h(kit.OutLink, { href: `${box.url}/tags/${row.id}` }, row.name), row.category && h("div", { className: "text-muted small font-weight-normal" }, row.category));
  }

  /** Since when the list is, and the way to the preview once something was decided. @param {{moment: string, isDecided: boolean}} props */
  function UnmatchedState({ moment, isDecided }) {
    const t = kit.useText();
    if (isDecided) return h("span", { role: "status", className: "tm-decided" }, t("unmatched.decided"), " ", h(kit.TabLink, { tab: "sync", variant: "primary" }, t("next.preview")));
    return h("span", { className: "text-muted small" }, t("unmatched.text"), moment && ` ${t("unmatched.as_of", { moment })}`);
  }

  /** Why the list is empty: no plan yet, no match for the search, or nothing unmatched. @param {{text: string, isKnown: boolean, box: any}} props */
  function NoUnmatched({ text, isKnown, box }) {
    const t = kit.useText();
    if (text) return h(kit.Empty, { title: t("search.none") });
    if (!isKnown) return h(kit.Empty, { icon: "faTags", title: t("unmatched.unknown"), text: t("unmatched.unknown.text") }, h(kit.TabLink, { tab: "sync", variant: "primary" }, t("next.preview")));
    return h(kit.Empty, { icon: "faCheck", title: t("unmatched.none"), text: t("unmatched.none.text", { box: box.name }) });
  }

  /** The list of a box's tags without a local tag. @param {{box: any, boxes: any}} props */
  function UnmatchedTable({ box, boxes }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const [linking, setLinking] = useState(/** @type {any} */ (null));
    const [planned, setPlanned] = useState(/** @type {any} */ (null));
    const args = { endpoint: box.endpoint, text, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("sync_unmatched", args, { signal }));
    const rows = found.data ? found.data.unmatched : [];
    const keyOf = (/** @type {any} */ row) => row.id;
    const selection = kit.useSelection(rows.map(keyOf));
    const own = kit.useRowOutcomes(rows.map(keyOf));
    const actions = useRowActions(box, own, setPlanned);
    const { clear } = own;
    React.useEffect(clear, [found.data, clear]);
    const done = () => {
      setLinking(null);
      setPlanned(null);
      selection.clear();
      found.reload();
    };
    const top = Math.max(1, ...rows.map((/** @type {any} */ row) => row.scenes));
    const columns = [
      { key: "name", title: t("unmatched.name"), className: "tm-tag", render: (/** @type {any} */ row) => h(UnmatchedName, { row, box }) },
      { key: "scenes", title: t("unmatched.scenes"), className: "tm-count", render: (/** @type {any} */ row) => h(tagging.CountBar, { count: row.scenes, top }) },
      { key: "do", title: "", render: (/** @type {any} */ row) => h(RowButtons, { row, own, actions, onLink: () => setLinking(row) }) },
    ];
    const chosen = rows.filter((/** @type {any} */ row) => selection.selected.has(row.id));
    const moment = found.data && found.data.as_of ? kit.formatMoment(found.data.as_of, locale) : "";
    return h(
      React.Fragment,
      null,
      !box.fetched_at && h(tagging.RefreshButton, { box, onDone: boxes.reload }),
      planned && h(CreateDialog, { answer: planned, box, onClose: done }),
      linking && h(LinkDialog, { row: linking, box, onClose: () => setLinking(null), onDone: done }),
      h(tagging.Listing, {
        found,
        items: "unmatched",
        columns,
        caption: t("tab.unmatched"),
        page,
        size: PAGE_SIZE,
        onPage: setPage,
        text,
        onText: setText,
        filters: h(tagging.BoxPicker, { boxes }),
        more: rows.length > 0 && h(UnmatchedState, { moment, isDecided: Object.keys(own.outcomes).length > 0 }),
        keyOf,
        selection,
        actions: chosen.length > 0 && h(UnmatchedActions, { rows: chosen, box, onDone: done }),
        empty: h(NoUnmatched, { text, isKnown: Boolean(moment), box }),
      }),
    );
  }

  function Unmatched() {
    const boxes = tagging.useBoxes();
    return h(tagging.WithBox, { boxes }, boxes.box && h(UnmatchedTable, { key: boxes.box.endpoint, box: boxes.box, boxes }));
  }

  Object.assign(tagging, { Unmatched });
})();
