// The start page: connect Plex, look at a preview of all scenes, start syncing. One main button at each step.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useEffect, useState } = React;
  const CHECKS = ["plex", "libraries", "paths"];

  /** Return what is found and what is missing as the start page lists it. @param {Record<string, any>} checks @param {StashBundle.Translate} t */
  function listFindings(checks, t) {
    const results = CHECKS.map((key) => ({ label: t(`check.${key}`), result: checks[key].result, error: checks[key].error }));
    const found = results.filter(({ result }) => result && result.state === "ok").map(({ label, result }) => ({ label, text: result.message }));
    const missing = results.filter(({ result, error }) => error || (result && result.state !== "ok"));
    return { found, missing: missing.map(({ label, result, error }) => ({ label, text: error ? error.message : [result.message, result.next_step].filter(Boolean).join(" ") })) };
  }

  /** Run the tests of Plex, its libraries and the paths once, when Plex is set up. */
  function useChecks() {
    const checks = { plex: kit.useSetupTest("plex"), libraries: kit.useSetupTest("libraries"), paths: kit.useSetupTest("paths") };
    useEffect(() => {
      for (const check of Object.values(checks)) void check.run();
      // once, when the page opens
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, []);
    return checks;
  }

  /** @param {{preview: any}} props */
  function PreviewFigures({ preview }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const [isOpen, setOpen] = useState(false);
    const figures = plexSync.countPreview(preview.counts);
    const rest = plexSync.listCounts(figures.rest, t);
    return h(
      React.Fragment,
      null,
      h("div", null, h("strong", null, t("start.writes", { count: figures.writes })), rest && ` ${t("start.rest", { rest })}`),
      h("div", { className: "text-muted small" }, t("start.previewed", { moment: kit.formatMoment(preview.at, locale) })),
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", icon: "faList", onClick: () => setOpen(!isOpen) }, t(isOpen ? "start.hide" : "start.show"))),
      isOpen && h(kit.PlanPanel, { planId: preview.plan_id, empty: h("p", null, t("compare.plan.none")) }),
    );
  }

  /** Offer to take over what an earlier installation wrote. @param {{task: any}} props */
  function TakeOver({ task }) {
    const t = kit.useText();
    return h(
      "details",
      { className: "s2p-more" },
      h("summary", null, t("start.take_over")),
      h("p", { className: "text-muted small" }, t("start.take_over.text")),
      h(kit.ActionButton, { size: "sm", disabled: task.isActive, onClick: () => task.start("Take Over What Plex Shows", {}, t("task.take_over")) }, t("task.take_over")),
    );
  }

  /** @param {{live: any}} props */
  function PreviewStep({ live }) {
    const t = kit.useText();
    const { start_preview: preview, queue } = live.status;
    const adoption = kit.useTask("take-over", { onEnd: () => void live.refresh() });
    const task = kit.useTask("start-preview", { onEnd: () => void live.refresh() });
    const sync = kit.useTask("sync-all"); // the state panel, which comes next, shows it
    const isActive = task.isActive || adoption.isActive;
    const look = () => task.start("Preview Sync", { scope: "all" }, t("compare.previewing"));
    const adopt = (/** @type {any} */ answer) => answer.job_id && sync.adopt(kit.readTaskHandle(answer, t("task.sync_all")));
    const start = (/** @type {boolean} */ send) => () => live.act("sync_start", { send }, adopt);
    return h(
      React.Fragment,
      null,
      queue.waiting > 0 && h("div", null, t("start.waits", { count: queue.waiting })),
      h(kit.TaskProgress, { task }),
      h(kit.TaskProgress, { task: adoption }),
      preview && h(PreviewFigures, { key: preview.plan_id, preview }),
      h(
        "div",
        { className: "sbk-actions" },
        preview && h(kit.ActionButton, { variant: "primary", icon: "faPlay", disabled: isActive, onClick: start(true) }, t("action.start")),
        preview && h(kit.ActionButton, { icon: "faForward", disabled: isActive, onClick: start(false) }, t("action.start_new")),
        h(kit.ActionButton, { variant: preview ? "secondary" : "primary", icon: "faEye", disabled: isActive, onClick: look }, t(preview ? "start.again" : "compare.preview")),
        h(kit.TabLink, { tab: "paths" }, t("tab.paths")),
      ),
      h(TakeOver, { task: adoption }),
    );
  }

  /** @param {{live: any}} props */
  function CheckedStart({ live }) {
    const t = kit.useText();
    const checks = useChecks();
    const isChecking = Object.values(checks).some((check) => check.isBusy);
    return h(kit.StartPage, { title: t("start.title"), text: t("start.text"), ...listFindings(checks, t) }, isChecking && h(kit.Loading, { text: t("start.checking") }), h(PreviewStep, { live }));
  }

  /** Show the step that comes next: connect Plex, or preview and start. @param {{live: any}} props */
  function StartPanel({ live }) {
    const t = kit.useText();
    if (live.status.configured) return h(CheckedStart, { live });
    const missing = [{ label: t("check.plex"), text: t("connect.missing") }];
    return h(kit.StartPage, { title: t("state.not_set_up.title"), text: t("state.not_set_up.text"), found: [], missing }, h(plexSync.ConnectForm, { onConnected: live.refresh }));
  }

  Object.assign(plexSync, { PreviewStep, StartPanel });
})();
