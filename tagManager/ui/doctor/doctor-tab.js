// The Link doctor tab: checks the links of all scenes, lists doubted ones, and shows the plan of a repair, whose id is in the address.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const PAGE_SIZE = 20;
  const KEEPS = { keeps: true };
  const KINDS = ["gone", "moved", "elsewhere", "length", "shared"];

  /** Start the check, and say when the last one was. @param {{data: any, task: StashBundle.TaskState}} props */
  function CheckBar({ data, task }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const start = async () => {
      const answer = await ui.operation("doctor_start");
      task.adopt({ jobId: answer.job_id, runToken: answer.run_token, title: t("doctor.running") });
    };
    const { checked_at: checkedAt, links } = data;
    return h(
      "div",
      { className: "sbk-toolbar" },
      h(kit.ActionButton, { variant: "primary", icon: "faStethoscope", disabled: task.isActive, onClick: start }, t(checkedAt ? "doctor.check.again" : "doctor.check")),
      checkedAt && h("span", { className: "text-muted" }, t("doctor.checked", { moment: kit.formatMoment(checkedAt, locale), count: links })),
    );
  }

  /** Choose which links are listed. @param {{data: any, query: any, change: (more: any) => void}} props */
  function DoubtFilters({ data, query, change }) {
    const t = kit.useText();
    const label = (/** @type {string} */ kind) => t(`doctor.kind.${kind || "all"}`, { count: data.counts[kind] });
    const choices = ["", ...KINDS].filter((kind) => !kind || data.counts[kind] > 0 || kind === query.kind).map((value) => ({ value, label: label(value) }));
    return h(
      "div",
      { className: "sbk-filters" },
      h(kit.Picker, { id: "tm-doctor-kind", label: t("doctor.kind"), value: query.kind, choices, onChange: (/** @type {string} */ kind) => change({ kind }) }),
      h(kit.Field, { id: "tm-doctor-text", label: t("search"), type: "search", value: query.text, onChange: (/** @type {string} */ text) => change({ text }) }),
      h(kit.Tick, { id: "tm-doctor-right", label: t("doctor.right"), isOn: query.right, onChange: (/** @type {boolean} */ right) => change({ right }) }),
    );
  }

  /** Plan the same repair for all links that it fits, as a task: the records are looked up at the box. @param {{query: any}} props */
  function BulkButtons({ query }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    const end = (/** @type {any} */ run) => {
      if (!run || (run.state !== "finished" && !run.plan_id)) return; // the progress shows why
      task.dismiss();
      if (run.plan_id) history.push({ pathname, search: `?plan=${run.plan_id}` });
      else kit.toast.success(t("doctor.plan.none"));
    };
    const task = kit.useTask("doctor-plan", { onEnd: end });
    const start = async (/** @type {string} */ action) => {
      const answer = await ui.operation("doctor_plan_start", { action, kind: query.kind });
      task.adopt({ jobId: answer.job_id, runToken: answer.run_token, title: t("doctor.planning") });
    };
    const button = (/** @type {string} */ action) => h(kit.ActionButton, { size: "sm", disabled: task.isActive, onClick: () => start(action) }, t(`doctor.all.${action}`));
    return h(React.Fragment, null, h("div", { className: "sbk-toolbar" }, button("relink"), (!query.kind || query.kind === "gone") && button("unlink")), h(kit.TaskProgress, { task }));
  }

  /** Show the doubted links, or why there are none. @param {{found: StashBundle.Loaded, query: any, run: (row: any, action: string) => Promise<void>, isOneScene: boolean}} props */
  function DoubtList({ found, query, run, isOneScene }) {
    const t = kit.useText();
    const { rows, checked_at: checkedAt } = found.data;
    const row = (/** @type {any} */ one) => h(tagging.DoubtRow, { key: `${one.endpoint} ${one.remote.id} ${one.scene.id}`, row: one, run: (/** @type {string} */ action) => run(one, action) });
    if (rows.length) return h("ul", { className: "tm-doubts", "aria-label": t("tab.doctor") }, rows.map(row));
    if (!checkedAt && !isOneScene) return h(kit.Empty, { icon: "faStethoscope", title: t("doctor.never"), text: t("doctor.never.text") });
    const isNarrowed = isOneScene || query.kind || query.text || query.right;
    return h(kit.Empty, { icon: isNarrowed ? "faFilter" : "faCheck", title: t(isNarrowed ? "doctor.none_here" : "doctor.none") });
  }

  /** Show a repair before it is applied. @param {{planId: string, onApplied: () => void}} props */
  function RepairPlan({ planId, onApplied }) {
    const t = kit.useText();
    const { pathname } = ReactRouterDOM.useLocation();
    const [isApplied, setApplied] = useState(false);
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(ReactRouterDOM.Link, { to: pathname, className: "btn btn-secondary" }, h(kit.Icon, { name: "faArrowLeft" }), h("span", null, t("doctor.back"))),
        h("span", null, t("doctor.plan.text")),
      ),
      isApplied && h("p", null, t("giving.after"), " ", h(kit.TabLink, { tab: "giving" }, t("tab.giving"))),
      h(kit.PlanPanel, { planId, onApplied: () => (setApplied(true), onApplied()) }),
      h(tagging.BroughtValues, { planId }),
    );
  }

  /** Return what the buttons of a row do: open the plan of a repair, ask for a record, or call the link right. @param {StashBundle.Loaded} found @param {(row: any) => void} choose */
  function useRepairs(found, choose) {
    const ui = kit.useUi();
    const t = kit.useText();
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    const plan = async (/** @type {any} */ args) => {
      const answer = await ui.operation("doctor_plan", args);
      if (answer.items) history.push({ pathname, search: `?plan=${answer.plan_id}` });
      else kit.toast.success(t("doctor.plan.none"));
    };
    const keyOf = (/** @type {any} */ row) => ({ scene_id: row.scene.id, endpoint: row.endpoint, remote_id: row.remote.id });
    const repair = (/** @type {any} */ row, /** @type {string} */ action, /** @type {string} */ target) => plan({ entries: [{ ...keyOf(row), action, target }] });
    const mark = async (/** @type {any} */ row, /** @type {boolean} */ isRight) => {
      const { run } = await ui.operation("doctor_right", { ...keyOf(row), is_right: isRight });
      kit.tellUndoable(ui, t, t(isRight ? "doctor.marked" : "doctor.unmarked"), run, found.reload);
      found.reload();
    };
    const run = async (/** @type {any} */ row, /** @type {string} */ action) => {
      if (action === "choose") choose(row);
      else if (action === "right" || action === "doubt") await mark(row, action === "right");
      else await repair(row, action, "");
    };
    return { run, repair };
  }

  /** The list with its filters. @param {any} props */
  function DoubtPage({ found, task, query, change, setPage, isOneScene }) {
    const t = kit.useText();
    const [choosing, setChoosing] = useState(/** @type {any} */ (null));
    const { run, repair } = useRepairs(found, setChoosing);
    const { data } = found;
    return h(
      React.Fragment,
      null,
      h("p", null, t("doctor.text")),
      h(CheckBar, { data, task }),
      h(kit.TaskProgress, { task }),
      isOneScene && h("div", { className: "sbk-toolbar" }, h(kit.TabLink, { tab: "doctor" }, t("doctor.all_scenes"))),
      Object.entries(data.problems).map(([box, text]) => h(kit.Notice, { key: box, level: "warning", title: box }, text)),
      data.checked_at && !isOneScene && h(DoubtFilters, { data, query, change }),
      data.rows.length > 0 && !query.right && !isOneScene && h(BulkButtons, { query }),
      h(DoubtList, { found, query, run, isOneScene }),
      h(kit.Pager, { page: query.page, size: PAGE_SIZE, total: data.count, onPage: setPage }),
      data.unsubscribed.length > 0 && h("p", { className: "small text-muted" }, t("doctor.unsubscribed", { boxes: data.unsubscribed.join(", ") })),
      choosing && h(tagging.ChooseRecord, { row: choosing, onChoose: (/** @type {string} */ target) => repair(choosing, "relink", target), onClose: () => setChoosing(null) }),
    );
  }

  function Doctor() {
    const ui = kit.useUi();
    const asked = new URLSearchParams(ReactRouterDOM.useLocation().search);
    const planId = asked.get("plan");
    const scene = asked.get("scene");
    const [query, setQuery] = useState({ kind: "", text: "", right: false, page: 1 });
    const args = { ...query, page_size: PAGE_SIZE, scene_id: scene };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("doctor_list", args, { signal }), KEEPS);
    const task = kit.useTask("doctor", { onEnd: (run) => (run && run.state === "finished" && task.dismiss(), found.reload()) });
    const change = (/** @type {any} */ more) => setQuery({ ...query, page: 1, ...more });
    const setPage = (/** @type {number} */ page) => setQuery({ ...query, page });
    if (planId) return h(RepairPlan, { key: planId, planId, onApplied: found.reload });
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "cards" });
    return h(DoubtPage, { found, task, query, change, setPage, isOneScene: Boolean(scene) });
  }

  Object.assign(tagging, { Doctor });
})();
