// The dialog that says why Whisparr has not got a scene yet, and what can be done about it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const SCAN_NEW_TASK = "Scan for New Scenes";
  const ACTIONS = /** @type {Record<string, string>} */ ({ add: "faDownload", monitor: "faEye", search: "faSearch", releases: "faList", scan: "faSync" });

  /** Show the button that opens the dialog. @param {{scene: any, status: any, onOpen: (scene: any) => void}} props */
  function ProgressButton({ scene, status, onOpen }) {
    const t = kit.useText();
    const { Bootstrap } = kit.api.libraries;
    if (!status || !status.movie_id) return null;
    const label = t("progress.open", { title: missing.chooseTitle(scene, t("card.untitled")) });
    return h(Bootstrap.Button, { variant: "secondary", size: "sm", title: label, "aria-label": label, "aria-keyshortcuts": "y", onClick: () => onOpen(scene) }, h(kit.Icon, { name: "faQuestionCircle" }));
  }

  /** Show one reason with its way out. @param {{reason: any, acts: Record<string, () => unknown>}} props */
  function ReasonRow({ reason, acts }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { icon, color } = missing.chooseReasonLook(reason.level);
    const format = (/** @type {string} */ moment) => kit.formatMoment(moment, locale);
    const act = acts[reason.action];
    return h(
      "li",
      { className: "ms-reason" },
      h("span", { className: color }, h(kit.Icon, { name: icon, title: t(`level.${reason.level}`) })),
      h("div", { className: "ms-reason-text" }, missing.formatMoments(reason.text, format), reason.next_step && h("span", { className: "text-muted" }, ` ${reason.next_step}`)),
      act && h(kit.ActionButton, { size: "sm", icon: ACTIONS[reason.action], onClick: act }, t(`progress.${reason.action}`)),
    );
  }

  /** Show what became of the scene in Whisparr so far. @param {{events: any[]}} props */
  function EventList({ events }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    if (!events.length) return null;
    const line = (/** @type {any} */ event, /** @type {number} */ index) =>
      h("li", { key: index }, h("time", { className: "text-muted", dateTime: event.date }, kit.formatMoment(event.date, locale)), " ", h("strong", null, event.text), " ", event.title, event.detail && h("span", { className: "text-muted" }, ` – ${event.detail}`));
    return h("section", { className: "ms-part" }, h("h3", { className: "h6" }, t("progress.history")), h("ul", { className: "ms-events" }, events.map(line)));
  }

  /**
   * Return what the buttons of the dialog do, by the names of the reasons' actions.
   * @param {{scene: any, args: any, load: StashBundle.Loaded, found: any, search: any, scan: StashBundle.TaskState, note: (answer: any) => void, onAdd: (scene: any) => void}} tools
   */
  function useProgressActs({ scene, args, load, found, search, scan, note, onAdd }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const status = load.data && load.data.status;
    const monitor = async () => {
      const answer = await ui.operation("whisparr_monitor", args);
      kit.tellUndoable(ui, t, t("progress.monitored"), answer.run, load.reload);
      note(answer);
    };
    return {
      add: () => onAdd(scene),
      monitor,
      search: () => search.start(missing.makeSearchArgs([scene], () => ({ ...status, whisparr: args.whisparr }))),
      releases: found.look,
      scan: () => scan.start(SCAN_NEW_TASK, {}, t("scan.running")),
    };
  }

  /** Show the answer of `whisparr_explain`. @param {{data: any, acts: any, found: any, search: any, scan: StashBundle.TaskState, onGrab: (release: any) => unknown}} props */
  function ProgressBody({ data, acts, found, search, scan, onGrab }) {
    const hasReleases = Boolean(data.status.movie_id) && data.status.kind !== "downloaded";
    return h(
      React.Fragment,
      null,
      h("div", { className: "ms-progress-status" }, h(missing.StatusBadge, { status: { ...data.status, detail: "" } })),
      search.line,
      h(kit.TaskProgress, { task: scan }),
      h("ul", { className: "ms-why" }, data.reasons.map((/** @type {any} */ reason, /** @type {number} */ index) => h(ReasonRow, { key: index, reason, acts }))),
      hasReleases && h(missing.ReleaseList, { found, onGrab }),
      h(EventList, { events: data.events }),
    );
  }

  /**
   * Show what Whisparr does about a scene.
   * @param {{scene: any, endpoint: string, status: any, onStatus: (id: string, status: any) => void, onAdd: (scene: any) => void, onClose: () => void}} props
   */
  function ProgressDialog({ scene, endpoint, status, onStatus, onAdd, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const whisparr = (status && status.whisparr) || "";
    const args = { endpoint, scene_id: scene.id, whisparr };
    const load = kit.useLoad(`progress:${JSON.stringify(args)}`, (signal) => ui.operation("whisparr_explain", args, { signal }), { keeps: true });
    const search = missing.useSearch(endpoint, load.reload);
    const scan = kit.useTask("scan");
    const found = missing.useReleases(args, load.data, load.reload);
    const note = (/** @type {any} */ answer) => {
      if (answer.status) onStatus(scene.id, { ...answer.status, whisparr });
      load.reload();
    };
    const acts = useProgressActs({ scene, args, load, found, search, scan, note, onAdd });
    const grab = async (/** @type {any} */ release) => {
      const answer = await ui.operation("whisparr_grab", { ...args, release: release.key });
      kit.toast.success(answer.message);
      note(answer);
    };
    return h(
      kit.Dialog,
      { title: t("progress.title", { title: missing.chooseTitle(scene, t("card.untitled")) }), onClose, size: "lg", className: "ms-progress" },
      load.data ? h(ProgressBody, { data: load.data, acts, found, search, scan, onGrab: grab }) : h(kit.Pending, { load, lines: 5 }),
    );
  }

  Object.assign(missing, { ProgressButton, ProgressDialog });
})();
