// Tasks of the plugin as rows with a button; what removes something or takes hours asks first.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;
  // The tasks of a tab by their names in the manifest; one that `asks` is confirmed first.
  const RARE = /** @type {Record<string, {key: string, name: string, args?: any, asks?: boolean}[]>} */ ({
    queue: [
      { key: "process_queue", name: "Process Queue" },
      { key: "clear_queue", name: "Clear Pending Queue", asks: true },
      { key: "clear_dead", name: "Clear Dead Letter Queue", asks: true },
      { key: "purge_dead", name: "Purge Old DLQ Entries", asks: true },
    ],
    compare: [
      { key: "take_over", name: "Take Over What Plex Shows" },
      { key: "force", name: "Sync All Scenes", args: { force: true }, asks: true },
    ],
  });

  /** @param {{row: any, task: StashBundle.TaskState}} props */
  function TaskRow({ row, task }) {
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    const name = t(`task.${row.key}`);
    const start = () => task.start(row.name, row.args || {}, name.replace("…", ""));
    const button = { size: "sm", variant: row.asks ? "danger" : "secondary", disabled: task.isActive, "aria-label": `${t("task.start")}: ${name}` };
    return h(
      "div",
      { className: "setting s2p-task" },
      h("div", null, h("h3", null, name), h("div", { className: "sub-heading" }, t(`task.${row.key}.text`))),
      h("div", null, h(kit.ActionButton, { ...button, onClick: row.asks ? () => setAsking(true) : start }, t("task.start"))),
      isAsking && h(kit.ConfirmDialog, { title: name.replace("…", "?"), confirmText: t("task.start"), isDanger: true, onConfirm: start, onClose: () => setAsking(false) }, t(`task.${row.key}.ask`)),
    );
  }

  /** Show the tasks of a tab that are rarely needed, folded, and the progress of the one that runs. @param {{tab: "queue" | "compare", onEnd: () => void}} props */
  function RareTasks({ tab, onEnd }) {
    const t = kit.useText();
    const task = kit.useTask(`rare-${tab}`, { onEnd });
    return h(
      React.Fragment,
      null,
      h(kit.TaskProgress, { task }),
      h(
        "details",
        { className: "s2p-rare" },
        h("summary", null, t("tasks.title")),
        h("div", { className: "setting-section sbk-section" }, h("div", { className: "card" }, RARE[tab].map((row) => h(TaskRow, { key: row.key, row, task })))),
      ),
    );
  }

  Object.assign(plexSync, { RareTasks });
})();
