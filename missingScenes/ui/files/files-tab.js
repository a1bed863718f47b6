// The Files tab: compares files without a link with the boxes, shows what was found, and links the sure ones with one plan.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const KEEPS = { keeps: true };
  const PAGE_SIZE = 20;
  const GROUPS = ["sure", "probable", "rejected"];
  const COMPARE_TASK = "Compare Files";

  /** Show the button that compares, and the switch that keeps the answers current. @param {{comparedAt: string | null, task: StashBundle.TaskState}} props */
  function CompareBar({ comparedAt, task }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { load, save } = kit.useSettings();
    const row = load.data && load.data.settings.find((/** @type {any} */ one) => one.key === "compareNewFiles");
    const start = () => task.start(COMPARE_TASK, {}, t("files.running"));
    return h(
      "div",
      { className: "sbk-toolbar" },
      h(kit.ActionButton, { size: "sm", variant: comparedAt ? "secondary" : "primary", icon: "faFingerprint", disabled: task.isActive, onClick: start }, t(comparedAt ? "files.compare.again" : "files.compare")),
      row && h(kit.Tick, { id: "ms-compare-new", label: t("files.compare.new"), isOn: Boolean(row.value), onChange: (/** @type {boolean} */ isOn) => save({ compareNewFiles: isOn }) }),
      comparedAt && h("span", { className: "text-muted" }, t("files.compared", { moment: kit.formatMoment(comparedAt, locale) })),
    );
  }

  /** Show one match with what can be done about it. @param {{match: any, onChanged: () => void}} props */
  function MatchRow({ match, onChanged }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { endpoint, scene, local } = match;
    const name = local.title || local.path;
    const key = { endpoint, scene_id: scene.id, local_id: local.id };
    const link = async () => {
      const { run } = await ui.operation("link_scene", { ...key, label: name });
      kit.tellUndoable(ui, t, t("owned.linked"), run, onChanged);
      onChanged();
    };
    const reject = async () => {
      const { run } = await ui.operation("reject_file", { ...key, is_on: !match.is_rejected });
      kit.tellUndoable(ui, t, t(match.is_rejected ? "files.restored" : "files.rejected.done"), run, onChanged);
      onChanged();
    };
    const button = (/** @type {string} */ text, /** @type {string} */ icon, /** @type {() => Promise<void>} */ onClick, variant = "secondary") => h(kit.ActionButton, { size: "sm", variant, icon, onClick, "aria-label": `${text}: ${name}` }, text);
    return h(
      "li",
      { className: "card ms-match" },
      h(missing.MatchPair, { match }),
      match.state === "open"
        ? h("div", { className: "sbk-actions" }, !match.is_rejected && button(t("files.link"), "faLink", link, "primary"), match.is_rejected ? button(t("files.restore"), "faUndo", reject) : button(t("files.reject"), "faTimes", reject))
        : h("p", { className: "text-muted mb-0" }, t(`files.state.${match.state}`)),
    );
  }

  /** Show the matches of a group, or why there are none. @param {{found: StashBundle.Loaded, group: string, isSearch: boolean}} props */
  function MatchList({ found, group, isSearch }) {
    const t = kit.useText();
    const { rows, compared_at: comparedAt } = found.data;
    const row = (/** @type {any} */ match) => h(MatchRow, { key: `${match.local.id} ${match.scene.id} ${match.endpoint}`, match, onChanged: found.reload });
    if (rows.length) return h("ul", { className: "ms-matches", "aria-label": t(`files.group.${group}`, { count: found.data.count }) }, rows.map(row));
    if (isSearch) return h(kit.Empty, { icon: "faFilter", title: t("marked.no_match") });
    if (!comparedAt) return h(kit.Empty, { icon: "faFingerprint", title: t("files.never"), text: t("files.never.text") });
    return h(kit.Empty, { icon: "faCheck", title: t("files.none"), text: t(`files.none.${group}`) });
  }

  /** Lead to Tag Manager, which submits the fingerprints of linked files; nothing if it is not installed. */
  function GiveBackLink() {
    const t = kit.useText();
    const manager = kit.useBundle().find((/** @type {StashBundle.Member} */ member) => member.id === "tagManager");
    if (!manager) return null;
    return h("p", null, t("files.give"), " ", h(kit.api.libraries.ReactRouterDOM.Link, { to: `${manager.path}/giving` }, t("files.give.link")));
  }

  /** Show the plan that links all sure files. @param {{planId: string, onClose: () => void, onApplied: () => void}} props */
  function LinkPlan({ planId, onClose, onApplied }) {
    const t = kit.useText();
    const [isApplied, setApplied] = useState(false);
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-toolbar" }, h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: onClose }, h(kit.Icon, { name: "faArrowLeft" }), h("span", null, t("files.back"))), h("span", null, t("files.plan.text"))),
      isApplied && h(GiveBackLink),
      h(kit.PlanPanel, { planId, onApplied: () => (setApplied(true), onApplied()) }),
    );
  }

  /** Show the groups with their numbers, the search, and the button that makes the plan; it stays in view. @param {any} props */
  function GroupBar({ counts, group, onGroup, text, onText, onPlan }) {
    const t = kit.useText();
    const views = GROUPS.map((key) => ({ key, text: t(`files.group.${key}`, { count: counts[key] }) }));
    return h(
      "div",
      { className: "sbk-sticky ms-files-bar" },
      h(kit.Views, { label: t("completeness.kind"), views, open: group, onOpen: onGroup }),
      h(kit.Field, { id: "ms-files-text", label: t("filter.text"), type: "search", value: text, onChange: onText }),
      counts.sure > 0 && h(kit.ActionButton, { variant: "primary", icon: "faLink", onClick: onPlan }, t("files.plan", { count: counts.sure })),
    );
  }

  function FilesTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [view, setView] = useState({ group: GROUPS[0], text: "", page: 1, planId: "" });
    const change = (/** @type {any} */ part) => setView((/** @type {any} */ old) => ({ ...old, page: 1, ...part }));
    const args = { group: view.group, text: view.text, page: view.page, page_size: PAGE_SIZE };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("file_matches", args, { signal }), KEEPS);
    const task = kit.useTask("files", { onEnd: found.reload });
    kit.useLastPage(view.page, (/** @type {number} */ page) => change({ page }), PAGE_SIZE, found.data && !found.isLoading ? found.data.count : undefined);
    const plan = async () => change({ planId: (await ui.operation("plan_file_links", {})).plan_id || "" });
    if (view.planId) return h(LinkPlan, { planId: view.planId, onClose: () => (change({ planId: "" }), found.reload()), onApplied: found.reload });
    if (found.error || !found.data) return h(kit.Pending, { load: found, shape: "cards" });
    const { counts, compared_at: comparedAt, progress } = found.data;
    const search = (/** @type {string} */ text) => change({ text });
    return h(
      React.Fragment,
      null,
      h("p", null, t("files.text")),
      h(CompareBar, { comparedAt, task }),
      h(kit.TaskProgress, { task }),
      progress !== null && !task.isActive && h(kit.Notice, { level: "info" }, t("files.elsewhere", { percent: Math.floor(progress * 100) })),
      comparedAt && h(GroupBar, { counts, group: view.group, onGroup: (/** @type {string} */ group) => change({ group }), text: view.text, onText: search, onPlan: plan }),
      h(MatchList, { found, group: view.group, isSearch: view.text !== "" }),
      h(kit.Pager, { page: view.page, size: PAGE_SIZE, total: found.data.count, onPage: (/** @type {number} */ page) => change({ page }) }),
    );
  }

  Object.assign(missing, { FilesTab });
})();
