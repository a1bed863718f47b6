// The tables of a plan, by tag and by scene. The backend keeps the selection, so it holds on all pages and after a reload.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 25;
  const KEEPS = { keeps: true };
  const OUTCOMES = ["", "changed", "skipped", "conflict", "failed"];

  /**
   * Returns `run`, which selects or deselects rows: the list changes at once, and `onChange` receives the backend's answer.
   * @param {any} plan
   * @param {StashBundle.Loaded | null} found
   * @param {(answer: any) => void} onChange
   */
  function useSelect(plan, found, onChange) {
    const ui = kit.useUi();
    const { run, isBusy } = kit.useAction(async (/** @type {any} */ args) => {
      let answer = null;
      try {
        answer = await ui.operation("sync_select", { plan_id: plan.plan_id, ...args });
      } finally {
        onChange(answer);
      }
    });
    return {
      run: (/** @type {any} */ args, /** @type {((row: any) => any)} */ show = (row) => row) => {
        const data = found && found.data;
        if (data) found.setData({ ...data, ...(data.tags ? { tags: data.tags.map(show) } : { scenes: data.scenes.map(show) }) });
        void run(args);
      },
      isBusy,
    };
  }

  /** Returns a scene with some of its tags selected or deselected. @param {any} scene @param {(tag: any) => boolean} isChosen @param {boolean} selected */
  function selectTags(scene, isChosen, selected) {
    return { ...scene, tags: scene.tags.map((/** @type {any} */ tag) => (isChosen(tag) ? { ...tag, selected } : tag)) };
  }

  /** The number of selected additions, and buttons that select all or none. @param {{plan: any, onChange: () => void}} props */
  function SelectAll({ plan, onChange }) {
    const t = kit.useText();
    const selecting = useSelect(plan, null, onChange);
    if (plan.state !== "open") return null;
    return h(
      "div",
      { className: "tm-buttons" },
      h("span", { role: "status" }, t("plan.ticked", { count: plan.selected, total: plan.open })),
      h(Bootstrap.Button, { size: "sm", className: "minimal", disabled: selecting.isBusy, onClick: () => selecting.run({ selected: true }) }, t("plan.tick_all")),
      h(Bootstrap.Button, { size: "sm", className: "minimal", disabled: selecting.isBusy, onClick: () => selecting.run({ selected: false }) }, t("plan.tick_none")),
    );
  }

  /** Puts a tag onto the blacklist and out of the plan. @param {{row: any, plan: any, onChange: () => void}} props */
  function BlacklistButton({ row, plan, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const blacklist = async () => {
      const answer = await ui.operation("sync_never_add", { plan_id: plan.plan_id, tag_id: row.id });
      kit.toast.success(t("sync.never.done", { names: answer.names.join(", ") }));
      onChange();
    };
    return h(kit.ActionButton, { size: "sm", onClick: blacklist }, t("sync.never"));
  }

  /** A tag of the library, and below it the stash-box's names for it where they differ. @param {{row: any}} props */
  function PlannedTag({ row }) {
    const t = kit.useText();
    const names = new Set(row.remote.map((/** @type {any} */ one) => one.name));
    const others = [...names].filter((name) => name.toLowerCase() !== row.name.toLowerCase());
    return h(React.Fragment, null, h(ReactRouterDOM.Link, { to: `/tags/${row.id}` }, row.name), others.length > 0 && h("div", { className: "text-muted small" }, t("sync.remote.is", { names: others.join(", ") })));
  }

  /** Returns the columns of the table by tag. @param {any} props */
  function makeTagColumns({ t, plan, top, selecting, onShow, onChange }) {
    const isOpen = plan.state === "open";
    const use = (/** @type {any} */ row) =>
      h(kit.SelectBox, { label: `${t("sync.use")}: ${row.name}`, isOn: row.selected > 0 && row.selected === row.scenes, isMixed: row.selected > 0 && row.selected < row.scenes, onChange: (/** @type {boolean} */ isOn) => selecting.run({ selected: isOn, tag_ids: [row.id] }, (/** @type {any} */ one) => (one.id === row.id ? { ...one, selected: isOn ? one.scenes : 0 } : one)) });
    return [
      ...(isOpen ? [{ key: "use", title: t("sync.use"), className: "sbk-check-cell", render: use }] : []),
      { key: "name", title: t("sync.tag"), sortable: true, className: "tm-tag", render: (/** @type {any} */ row) => h(PlannedTag, { row }) },
      ...(plan.run ? [{ key: "added", title: t("sync.added"), render: (/** @type {any} */ row) => t("sync.added.of", { count: row.added, total: row.scenes }) }] : []),
      { key: "scenes", title: t(plan.run ? "sync.found" : "sync.gains"), sortable: true, className: "tm-count", render: (/** @type {any} */ row) => h(tagging.CountBar, { count: row.scenes, top, label: t("sync.show_scenes", { name: row.name, count: String(row.scenes) }), onClick: () => onShow(row) }) },
      ...(isOpen ? [{ key: "never", title: "", render: (/** @type {any} */ row) => (row.is_unwanted ? t("sync.never.is") : h(BlacklistButton, { row, plan, onChange })) }] : []),
    ];
  }

  /** The plan by tag. @param {{plan: any, round: number, picker: any, onChange: () => void, onShow: (row: any) => void}} props */
  function PlanByTag({ plan, round, picker, onChange, onShow }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const [sort, setSort] = useState("scenes");
    const args = { plan_id: plan.plan_id, text, sort, page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify({ ...args, round }), (signal) => ui.operation("sync_tags", args, { signal }), KEEPS);
    const selecting = useSelect(plan, found, onChange);
    const top = Math.max(1, ...(found.data ? found.data.tags : []).map((/** @type {any} */ row) => row.scenes));
    const columns = makeTagColumns({ t, plan, top, selecting, onShow, onChange });
    return h(
      React.Fragment,
      null,
      h(tagging.Listing, {
        found,
        items: "tags",
        columns,
        caption: t("sync.by_tag"),
        page,
        onPage: setPage,
        text,
        onText: setText,
        filters: picker,
        more: h(SelectAll, { plan, onChange }),
        size: PAGE_SIZE,
        keyOf: (/** @type {any} */ row) => String(row.id),
        sort: { key: sort, descending: sort === "scenes" },
        onSort: (/** @type {any} */ next) => (setPage(1), setSort(next.key)),
        empty: h(kit.Empty, { icon: "faCheck", title: t("sync.nothing"), text: text ? undefined : t("sync.nothing.text") }),
      }),
    );
  }

  /** A tag of a scene; pressing it selects or deselects it. @param {{tag: any, scene: any, isOpen: boolean, selecting: any}} props */
  function SceneTag({ tag, scene, isOpen, selecting }) {
    const t = kit.useText();
    const isOpenRow = isOpen && !tag.outcome;
    const title = [tag.reason, tag.outcome && t(`outcome.${tag.outcome}`), tag.message].filter(Boolean).join(" · ");
    if (!isOpenRow) return h(Bootstrap.Badge, { variant: tag.selected ? "primary" : "secondary", className: "mr-1", title }, tag.name);
    return h(
      Bootstrap.Button,
      { size: "sm", variant: tag.selected ? "primary" : "secondary", className: `tm-tick${tag.selected ? "" : " tm-off"}`, "aria-pressed": tag.selected, "aria-label": `${scene.title}: ${tag.name}`, title, onClick: () => selecting.run({ selected: !tag.selected, rows: [tag.row] }, (/** @type {any} */ one) => selectTags(one, (/** @type {any} */ each) => each.row === tag.row, !tag.selected)) },
      tag.name,
    );
  }

  /** A scene with its picture. @param {{scene: any}} props */
  function SceneName({ scene }) {
    // relative to the page's base, so that it is right behind a proxy with a prefix, too
    const src = `scene/${scene.id}/screenshot`;
    const blank = h("span", { className: "tm-thumb sbk-no-image" });
    return h(ReactRouterDOM.Link, { to: `/scenes/${scene.id}`, className: "tm-scene" }, h(kit.RemoteImage, { src, alt: "", className: "tm-thumb", fallback: blank }), h("span", null, scene.title || scene.id));
  }

  /** Returns the columns of the table by scene. @param {any} props */
  function makeSceneColumns({ t, plan, selecting }) {
    const isOpen = plan.state === "open";
    const use = (/** @type {any} */ row) => {
      const count = row.tags.filter((/** @type {any} */ tag) => tag.selected).length;
      if (!row.tags.length || row.outcome) return null;
      return h(kit.SelectBox, { label: `${t("sync.use")}: ${row.title}`, isOn: count === row.tags.length, isMixed: count > 0 && count < row.tags.length, onChange: (/** @type {boolean} */ isOn) => selecting.run({ selected: isOn, items: [row.item] }, (/** @type {any} */ one) => (one.item === row.item ? selectTags(one, () => true, isOn) : one)) });
    };
    return [
      ...(isOpen ? [{ key: "use", title: t("sync.use"), render: use }] : []),
      { key: "title", title: t("sync.scene"), render: (/** @type {any} */ row) => h(SceneName, { scene: row }) },
      { key: "tags", title: t("sync.scene.tags"), render: (/** @type {any} */ row) => h("div", { className: "tm-ticks" }, row.tags.map((/** @type {any} */ tag) => h(SceneTag, { key: tag.row, tag, scene: row, isOpen, selecting }))) },
      { key: "outcome", title: t("history.outcome"), render: (/** @type {any} */ row) => row.message || t(`outcome.${row.outcome || "planned"}`) },
    ];
  }

  /** The plan by scene; with `tag` only the scenes that get this tag. @param {{plan: any, round: number, picker: any, onChange: () => void, tag: any, onAll: () => void}} props */
  function PlanByScene({ plan, round, picker, onChange, tag, onAll }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const [outcome, setOutcome] = useState("");
    const args = { plan_id: plan.plan_id, page, page_size: PAGE_SIZE, ...(tag ? { tag_id: tag.id } : { text, outcome }) };
    const found = kit.useLoad(JSON.stringify({ ...args, round }), (signal) => ui.operation("sync_scenes", args, { signal }), KEEPS);
    const selecting = useSelect(plan, found, onChange);
    const columns = makeSceneColumns({ t, plan, selecting });
    const choices = OUTCOMES.map((value) => ({ value, label: t(value ? `outcome.${value}` : "history.filter.all") }));
    const filter = (/** @type {string} */ value) => (setPage(1), setOutcome(value));
    const filters = h(React.Fragment, null, picker, !tag && h(kit.Picker, { id: "tm-outcome", label: t("history.outcome"), value: outcome, choices, onChange: filter }));
    return h(
      React.Fragment,
      null,
      tag && h(kit.Notice, { level: "info" }, t("sync.only_tag", { name: tag.name }), " ", h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: onAll }, t("sync.only_tag.all"))),
      h(tagging.Listing, { found, items: "scenes", columns, caption: t("sync.by_scene"), page, onPage: setPage, text, onText: tag ? undefined : setText, filters, more: h(SelectAll, { plan, onChange }), size: PAGE_SIZE, keyOf: (/** @type {any} */ row) => String(row.item), empty: h(kit.Empty, { title: t("sync.nothing") }) }),
    );
  }

  Object.assign(tagging, { PlanByTag, PlanByScene });
})();
