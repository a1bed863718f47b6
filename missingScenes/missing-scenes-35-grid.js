// The cards with everything that can be done with a missing scene.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** @param {any} props those of SceneCard, and `status` */
  function SceneActions({ scene, endpoint, box, status, onChange, onAdded }) {
    const t = kit.useText();
    const open = t("card.open", { box });
    return h(
      React.Fragment,
      null,
      h(missing.MarkButton, { scene, list: "wanted", endpoint, onChange }),
      h(missing.MarkButton, { scene, list: "ignored", endpoint, onChange }),
      status && status.can_add && h(missing.AddButton, { scene, endpoint, onAdded }),
      h(
        "a",
        { href: scene.url, target: "_blank", rel: "noopener noreferrer", className: "btn btn-sm btn-secondary", title: open, "aria-label": open },
        h(kit.Icon, { name: "faExternalLinkAlt" }),
      ),
    );
  }

  /**
   * @param {{scene: any, endpoint: string, box: string, whisparr: any, files?: any[], selection: any, onChange: any, onDrop: any,
   *   onAdded: () => void}} props
   */
  function SceneCard({ scene, endpoint, box, whisparr, files = [], selection, onChange, onDrop, onAdded }) {
    const t = kit.useText();
    const status = whisparr && whisparr.state === "ok" ? whisparr.statuses[scene.id] : null;
    return h(kit.Card, {
      title: missing.titleOf(scene, t("card.untitled")),
      image: scene.image,
      href: scene.url,
      itemKey: scene.id,
      selection,
      className: scene.ignored ? "ms-ignored" : "",
      badge: missing.formatDuration(scene.duration),
      lines: [
        missing.describeOrigin(scene),
        missing.listNames(scene.performers || []),
        scene.new && h(Bootstrap.Badge, { variant: "success" }, t("card.new")),
        h(missing.StatusBadge, { status }),
        files.length > 0 && h(missing.OwnedHint, { scene, files, endpoint, onLinked: onDrop }),
      ],
      actions: h(SceneActions, { scene, endpoint, box, status, onChange, onAdded }),
    });
  }

  /** The part of a question that lets Whisparr's answer cost three requests however large its library is. @param {any} entity */
  function describeEntity(entity) {
    return JSON.stringify(entity && entity.stash_id ? { entity_type: entity.type, stash_ids: [entity.stash_id] } : {});
  }

  /** @param {{found: any}} props */
  function SceneGrid({ found }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { answer, scenes } = found.list;
    const { endpoint, name, has_whisparr: hasWhisparr } = answer.box;
    const ids = scenes.map((/** @type {any} */ scene) => scene.id);
    const selection = kit.useSelection(ids);
    const { answer: whisparr, ask } = missing.useWhisparr(ui, hasWhisparr ? endpoint : "", ids, describeEntity(answer.entity));
    const files = missing.useOwnedFiles(ui, endpoint, ids);
    const task = kit.useTask("whisparr", { onEnd: ask });
    const [chosen, setChosen] = useState(/** @type {any[] | null} */ (null));
    const canAdd = (/** @type {any[]} */ some) => (whisparr && whisparr.state === "ok" ? some.filter((one) => (whisparr.statuses[one.id] || {}).can_add) : []);
    const addable = canAdd(scenes);
    return h(
      React.Fragment,
      null,
      h(missing.WhisparrNotice, { answer: whisparr, onRetry: ask }),
      !hasWhisparr && answer.box.whisparr_hint && h("p", { className: "text-muted small" }, answer.box.whisparr_hint),
      h(kit.TaskProgress, { task }),
      h(
        "div",
        { className: "sbk-toolbar" },
        scenes.length > 0 && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => selection.changeAll(selection.state !== "all") }, t(selection.state === "all" ? "select.none" : "select.all")),
        addable.length > 0 && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => setChosen(addable), disabled: task.isActive }, t("whisparr.add_all", { count: addable.length })),
      ),
      h(missing.SelectionBar, {
        scenes,
        selection,
        endpoint,
        onChange: found.change,
        children: (/** @type {any[]} */ some) =>
          canAdd(some).length > 0 && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => setChosen(canAdd(some)), disabled: task.isActive }, t("whisparr.add_selected", { count: canAdd(some).length })),
      }),
      h(
        kit.CardGrid,
        { label: t("list.label") },
        scenes.map((/** @type {any} */ scene) =>
          h(SceneCard, { key: scene.id, scene, endpoint, box: name, whisparr, files: files[scene.id], selection, onChange: found.change, onDrop: found.drop, onAdded: ask }),
        ),
      ),
      chosen && h(missing.AddDialog, { endpoint, scenes: chosen, task, onClose: () => setChosen(null) }),
    );
  }

  Object.assign(missing, { SceneGrid });
})();
