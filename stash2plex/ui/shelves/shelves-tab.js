// The Shelves tab: collections in Plex that follow something of Stash, each as a card; their preview, update and removal.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;
  const PREVIEW = "Preview Shelves";
  const UPDATE = "Update Shelves";
  const PICTURED = 25; // posters that the plugin reads at once

  /** @param {{tasks: any, onNew: () => void, hasShelf: boolean, canUpdate: boolean}} props */
  function ShelfBar({ tasks, onNew, hasShelf, canUpdate }) {
    const t = kit.useText();
    return h(
      "div",
      { className: "s2p-bar" },
      h(kit.ActionButton, { size: "sm", variant: "primary", icon: "faPlus", onClick: onNew }, t("shelves.new")),
      hasShelf && h(kit.ActionButton, { size: "sm", icon: "faSync", disabled: tasks.isActive || !canUpdate, onClick: () => tasks.update.start(UPDATE, {}, t("shelves.updating")) }, t("shelves.update")),
    );
  }

  /** @param {{shelves: any[], tasks: any, onEdit: (shelf: any) => void, onPreview: (id: number) => void, onRemoved: (answer: any) => void}} props */
  function ShelfCards({ shelves, tasks, onEdit, onPreview, onRemoved }) {
    const t = kit.useText();
    const keyOf = (/** @type {any} */ shelf) => (shelf.collections.length ? shelf.collections[0].rating_key : "");
    const version = shelves.flatMap((shelf) => shelf.collections.map((/** @type {any} */ each) => each.changed)).join();
    const { pictures } = plexSync.usePlexPictures(shelves.map(keyOf).filter(Boolean).slice(0, PICTURED), "poster", "", { collages: true, version });
    return h(
      kit.CardGrid,
      { label: t("tab.shelves") },
      shelves.map((shelf) => h(plexSync.ShelfCard, { key: shelf.id, shelf, picture: pictures[keyOf(shelf)], isActive: tasks.isActive, onEdit: () => onEdit(shelf), onPreview: () => onPreview(shelf.id), onRemoved })),
    );
  }

  /** Return the tasks of the tab; `onEnd` is called when one has ended. @param {() => void} onEnd */
  function useShelfTasks(onEnd) {
    const preview = plexSync.usePreview("shelf_preview", onEnd);
    const update = kit.useTask("shelf_update", { onEnd });
    const removal = kit.useTask("shelf_removal", { onEnd });
    return { preview, update, removal, isActive: preview.task.isActive || update.isActive || removal.isActive };
  }

  /** @param {{tasks: any, onApplied: () => void}} props */
  function ShelfPlan({ tasks, onApplied }) {
    const t = kit.useText();
    return h(
      React.Fragment,
      null,
      [tasks.preview.task, tasks.update, tasks.removal].map((task, index) => h(kit.TaskProgress, { key: index, task })),
      h(plexSync.PreviewPlan, { preview: tasks.preview, title: t("shelves.plan"), empty: t("shelves.plan.none"), onApplied }),
    );
  }

  function ShelvesTab() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [edited, setEdited] = useState(/** @type {any} */ (undefined)); // null: a new shelf
    const load = kit.useLoad("shelves", (signal) => ui.operation("shelves_list", {}, { signal }), { keeps: true });
    const tasks = useShelfTasks(load.reload);
    if (!load.data) return h(kit.Pending, { load, shape: "cards" });
    const { shelves, started, updates_alone: updatesAlone, organized_only: organizedOnly } = load.data;
    const preview = (/** @type {number} */ id) => tasks.preview.start(PREVIEW, { shelf_id: id }, t("shelf.previewing"));
    const onSaved = (/** @type {number} */ id) => {
      setEdited(undefined);
      load.reload();
      void preview(id);
    };
    const onRemoved = (/** @type {any} */ answer) => {
      if (answer.job_id) tasks.removal.adopt(kit.readTaskHandle(answer, t("shelf.removing")));
      else kit.toast.success(t("shelf.removed"));
      load.reload();
    };
    return h(
      React.Fragment,
      null,
      h("h2", { className: "h4" }, t("tab.shelves")),
      h("p", { className: "text-muted" }, t("shelves.text"), updatesAlone && ` ${t("shelves.alone")}`),
      !started && h(kit.Notice, { level: "info" }, t("shelves.not_started")),
      organizedOnly && h(kit.Notice, { level: "info" }, t("shelves.organized_only")),
      load.error && h(kit.ErrorBox, { error: load.error, onRetry: load.reload }),
      h(ShelfBar, { tasks, onNew: () => setEdited(null), hasShelf: shelves.length > 0, canUpdate: started && shelves.some((/** @type {any} */ each) => each.approved) }),
      h(ShelfPlan, { tasks, onApplied: load.reload }),
      shelves.length ? h(ShelfCards, { shelves, tasks, onEdit: setEdited, onPreview: preview, onRemoved }) : h(kit.Empty, { icon: "faLayerGroup", title: t("shelves.none"), text: t("shelves.none.text") }),
      edited !== undefined && h(plexSync.ShelfDialog, { given: edited, onClose: () => setEdited(undefined), onSaved }),
    );
  }

  Object.assign(plexSync, { ShelvesTab });
})();
