// The cards with everything that can be done with a missing scene.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useRef, useState } = React;

  /** @param {{scene: any, box: string}} props */
  function BoxLink({ scene, box }) {
    const t = kit.useText();
    const open = t("card.open", { box });
    if (!scene.url) return null;
    return h("a", { href: scene.url, target: "_blank", rel: "noopener noreferrer", className: "btn btn-sm btn-secondary", title: open, "aria-label": open, "aria-keyshortcuts": "o" }, h(kit.Icon, { name: "faExternalLinkAlt" }));
  }

  /** What can be done with one scene, on its card and in its details. @param {{scene: any, desk: any}} props */
  function SceneActions({ scene, desk }) {
    const { endpoint, onChange, onAdded } = desk;
    const status = desk.statusOf(scene.id);
    return h(
      React.Fragment,
      null,
      h(missing.MarkButton, { scene, list: "wanted", endpoint, onChange }),
      h(missing.MarkButton, { scene, list: "ignored", endpoint, onChange }),
      missing.canTry(status) && h(missing.AddButton, { scene, endpoint, status, onAdded }),
      h(BoxLink, { scene, box: desk.box.name }),
    );
  }

  /** @param {{scene: any, desk: any, files?: any[]}} props */
  function SceneCard({ scene, desk, files = [] }) {
    const t = kit.useText();
    return h(kit.Card, {
      title: missing.titleOf(scene, t("card.untitled")),
      image: scene.image,
      onOpen: () => desk.onOpen(scene.id),
      itemKey: scene.id,
      selection: desk.selection,
      className: scene.ignored ? "ms-ignored" : "",
      tabIndex: -1,
      badge: missing.formatDuration(scene.duration),
      lines: [
        missing.describeOrigin(scene),
        missing.listNames(scene.performers || []),
        scene.new && h(Bootstrap.Badge, { variant: "success" }, t("card.new")),
        h(missing.StatusBadge, { status: desk.statusOf(scene.id) }),
        files.length > 0 && h(missing.OwnedHint, { scene, files, endpoint: desk.endpoint, onLinked: desk.onDrop }),
      ],
      actions: h(SceneActions, { scene, desk }),
    });
  }

  /** What is done with all cards, or with the selected ones. @param {any} props */
  function GridBar({ scenes, desk, selection, addable, task, onAdd, help, onChange }) {
    const t = kit.useText();
    const button = (/** @type {string} */ text, /** @type {() => void} */ onClick, isOff = false) => h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick, disabled: isOff }, text);
    const allSelected = selection.state === "all";
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        scenes.length > 0 && button(t(allSelected ? "select.none" : "select.all"), () => selection.changeAll(!allSelected)),
        addable.length > 0 && button(t("whisparr.add_all", { count: addable.length }), () => onAdd(addable), task.isActive),
        scenes.length > 0 && help,
      ),
      h(missing.SelectionBar, {
        scenes,
        selection,
        endpoint: desk.endpoint,
        onChange,
        children: (/** @type {any[]} */ some) => {
          const chosen = some.filter((one) => addable.includes(one));
          return chosen.length > 0 && button(t("whisparr.add_selected", { count: chosen.length }), () => onAdd(chosen), task.isActive);
        },
      }),
    );
  }

  /** Whisparr's word on the cards. @param {any} found @param {string[]} ids */
  function useStatuses(found, ids) {
    const ui = kit.useUi();
    const { answer, scenes } = found.list;
    const { endpoint, has_whisparr: hasWhisparr } = answer.box;
    const question = JSON.stringify(missing.describeEntity(answer.entity, scenes));
    const { answer: whisparr, ask, note } = missing.useWhisparr(ui, hasWhisparr ? endpoint : "", ids, question);
    const statusOf = (/** @type {string} */ id) => (whisparr && whisparr.state === "ok" ? whisparr.statuses[id] : null);
    return { whisparr, ask, note, statusOf, addable: scenes.filter((/** @type {any} */ one) => (statusOf(one.id) || {}).can_add) };
  }

  /** @param {{found: any}} props */
  function SceneGrid({ found }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { answer, scenes } = found.list;
    const { endpoint } = answer.box;
    const ids = scenes.map((/** @type {any} */ scene) => scene.id);
    const selection = kit.useSelection(ids);
    const { whisparr, ask, note, statusOf, addable } = useStatuses(found, ids);
    const { files, notice } = missing.useOwnedFiles(ui, endpoint, ids);
    const task = kit.useTask("whisparr", { onEnd: ask });
    const [chosen, setChosen] = useState(/** @type {any[] | null} */ (null));
    const [opened, setOpened] = useState("");
    const isStale = useRef(false);
    const help = missing.useKeysHelp();
    const grid = missing.useCardKeys({ ids, selection, onOpen: setOpened, onHelp: help.show });
    const desk = { endpoint, box: answer.box, selection, statusOf, onChange: found.change, onDrop: found.drop, onAdded: note, onOpen: setOpened };
    const closeDetails = () => {
      setOpened("");
      if (isStale.current) found.reload();
      isStale.current = false;
    };
    return h(
      React.Fragment,
      null,
      h(missing.WhisparrNotice, { answer: whisparr, onRetry: ask }),
      !answer.box.has_whisparr && answer.box.whisparr_hint && h("p", { className: "text-muted small" }, answer.box.whisparr_hint),
      notice && h("p", { className: "text-muted small" }, notice),
      h(missing.AddProgress, { task }),
      h(GridBar, { scenes, desk, selection, addable, task, onAdd: setChosen, help: help.button, onChange: found.change }),
      h(
        kit.CardGrid,
        { label: t("list.label"), innerRef: grid },
        scenes.map((/** @type {any} */ scene) => h(SceneCard, { key: scene.id, scene, desk, files: files[scene.id] })),
      ),
      chosen && h(missing.AddDialog, { endpoint, scenes: chosen, isPart: missing.hasMore(answer), task, onClose: () => setChosen(null) }),
      opened &&
        h(missing.DetailsDialog, { scenes, id: opened, endpoint, box: answer.box, onShow: setOpened, onClose: closeDetails, onExcluded: () => void (isStale.current = true) }, (/** @type {any} */ scene) => h(SceneActions, { scene, desk })),
      help.dialog,
    );
  }

  Object.assign(missing, { SceneGrid, BoxLink });
})();
