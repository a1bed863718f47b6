// The dialog of a scene's button: its match, and the changes that a sync would write.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useState } = React;
  const LEVELS = /** @type {Record<string, string>} */ ({ synced: "success", equal: "success", kept: "info", failed: "danger", missing: "warning", ambiguous: "warning", shared: "warning", waiting: "info" });

  /** Show the sync state of a scene as a badge. @param {{badge: string}} props */
  function SyncBadge({ badge }) {
    const t = kit.useText();
    return h(Bootstrap.Badge, { variant: LEVELS[badge] || "secondary" }, t(`badge.${badge}`));
  }

  /** Return what the last sync of a scene did, and what it left in Plex. @param {any} found @param {StashBundle.Translate} t @param {string} locale */
  function describeLastSync({ synced, sent, kept }, t, locale) {
    const moment = (/** @type {string} */ time) => ({ moment: kit.formatMoment(time, locale) });
    const last = sent ? t("scene.synced", moment(sent)) : synced ? t("scene.compared", moment(synced)) : t("scene.never");
    if (!kept.length) return last;
    return `${last} ${t("scene.kept_fields", { fields: kept.map((/** @type {string} */ field) => plexSync.nameField(field, t)).join(", ") })}`;
  }

  /** @param {{found: any}} props */
  function SceneHead({ found }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const { match, queued, badge } = found;
    return h(
      "div",
      { className: "s2p-bar" },
      h(SyncBadge, { badge }),
      h("span", null, plexSync.describeLastSync(found, t, locale)),
      match && h("span", { className: "text-muted" }, `${t("scene.match")}: ${t(`how.${match.how}`)}`),
      match && match.items.length === 1 && match.items[0].url && h(kit.OutLink, { href: match.items[0].url }, t("scene.open")),
      queued && queued.message && h("div", { className: "text-muted small" }, queued.message),
    );
  }

  /** @param {{title: string, rows: {label: string, text: string}[]}} props */
  function NoteList({ title, rows }) {
    if (!rows.length) return null;
    return h(kit.Notice, { level: "info", title }, h("ul", { className: "mb-0" }, rows.map((row, index) => h("li", { key: index }, row.label && h("strong", null, `${row.label}: `), row.text))));
  }

  /** Show the changes that can be sent, or why none can. @param {{preview: any, onApplied: (run: any) => void}} props */
  function PreviewedChanges({ preview, onApplied }) {
    const t = kit.useText();
    const { counts, waiting, kept, notes } = preview;
    const keptFields = kept.map((/** @type {any} */ row) => ({ label: plexSync.nameField(row.field, t), text: row.reason }));
    const isSame = !preview.count && !waiting.length && counts.unchanged > 0;
    return h(
      React.Fragment,
      null,
      waiting.map((/** @type {any} */ row) => h(kit.Notice, { key: row.scene_id, level: "warning", title: t("scene.cannot") }, h("div", null, row.message), row.kind !== "skipped" && h(plexSync.MatchLink, { label: row.label }))),
      isSame && h(kit.Empty, { icon: "faCircleCheck", title: t("scene.same"), text: t("scene.same.text") }),
      !preview.count && !waiting.length && !isSame && h(kit.Notice, { level: "warning", title: t("scene.cannot") }, t("scene.no_diff")),
      preview.count > 0 && h("h3", { className: "h6" }, t("scene.diff")),
      preview.count > 0 && h("div", { className: "s2p-diff" }, h(kit.PlanPanel, { planId: preview.plan_id, onApplied })),
      h(NoteList, { title: t("scene.kept"), rows: keptFields }),
      h(NoteList, { title: t("scene.notes"), rows: notes.map((/** @type {any} */ row) => ({ label: "", text: row.note })) }),
    );
  }

  /** Return the name of the scene from the answer that came first. @param {any} shown @param {any} preview */
  function findLabel(shown, preview) {
    const [waiting] = preview ? preview.waiting : [];
    return ((shown && shown.match) || waiting || { label: "" }).label;
  }

  /** Show the match and the preview of one scene, on its page in Stash. @param {{entity: StashBundle.Entity, savedAt: string, onLabel?: (label: string) => void}} props */
  function ScenePanel({ entity, savedAt, onLabel }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const scene = Number(entity.id);
    const [round, setRound] = useState(0);
    const preview = kit.useLoad(`preview:${scene}`, (signal) => ui.operation("preview", { scene_ids: [scene] }, { signal }));
    const head = kit.useLoad(`scene:${scene}:${round}:${preview.isLoading}`, (signal) => ui.operation("match_scene", { scene_id: scene, saved_at: savedAt }, { signal }));
    const pace = plexSync.chooseBadgePace(head.data);
    useEffect(() => (pace ? kit.clock.every(pace, () => setRound((old) => old + 1)) : undefined), [pace]);
    const [shown, setShown] = useState(/** @type {any} */ (null));
    useEffect(() => {
      if (head.data) setShown(head.data);
    }, [head.data]);
    const label = findLabel(shown, preview.data);
    useEffect(() => {
      if (onLabel) onLabel(label);
    }, [onLabel, label]);
    return h(
      React.Fragment,
      null,
      head.error && h(kit.ErrorBox, { error: head.error, onRetry: head.reload }),
      shown && h(SceneHead, { found: shown }),
      preview.error && h(kit.ErrorBox, { error: preview.error, onRetry: preview.reload }),
      !preview.data && preview.isLoading && h(kit.Loading, { text: t("scene.comparing") }),
      preview.data && h(PreviewedChanges, { preview: preview.data, onApplied: () => setRound(round + 1) }),
    );
  }

  /** Show the dialog of the scene's button, also with what the other plugins know; the kit opens it. @param {{entity: StashBundle.Entity, savedAt: string, onClose: () => void}} props */
  function SceneDialog({ entity, savedAt, onClose }) {
    const t = kit.useText();
    const [label, setLabel] = useState("");
    return h(kit.Dialog, { title: label ? t("scene.title", { label }) : t("scene.loading"), onClose, size: "xl" }, h(ScenePanel, { entity, savedAt, onLabel: setLabel }), h(kit.NeighborPanels, { entity, savedAt }));
  }

  Object.assign(plexSync, { ScenePanel, SceneDialog, SyncBadge, describeLastSync });
})();
