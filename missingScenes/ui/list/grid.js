// The cards with everything that can be done with a missing scene.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useMemo, useRef, useState } = React;

  /** @param {{scene: any, box: string}} props */
  function BoxLink({ scene, box }) {
    const t = kit.useText();
    const open = t("card.open", { box });
    if (!scene.url) return null;
    return h("a", { href: scene.url, target: "_blank", rel: "noopener noreferrer", className: "btn btn-sm btn-secondary", title: open, "aria-label": open, "aria-keyshortcuts": "o" }, h(kit.Icon, { name: "faExternalLinkAlt" }));
  }

  /** What can be done with one scene, on its card and in its details. @param {{scene: any, desk: any, status: any}} props */
  function SceneActions({ scene, desk, status }) {
    const { endpoint, list, onChange, onAdded } = desk;
    const mark = (/** @type {string} */ name) => h(list === name ? missing.TakeOffButton : missing.MarkButton, { key: name, scene, list: name, endpoint, isTold: list !== "", onChange });
    return h(
      React.Fragment,
      null,
      missing.LISTS.map(mark),
      !scene.owned && missing.canTry(status) && h(missing.AddButton, { scene, endpoint, status, onAdded }),
      h(BoxLink, { scene, box: desk.box.name }),
    );
  }

  const NO_FILES = /** @type {any[]} */ ([]);

  /** Drawn again only when something of this scene changed: lists get long. */
  const SceneCard = React.memo(
    /** @param {{scene: any, desk: any, status: any, isSelected: boolean, files?: any[]}} props */
    function Present({ scene, desk, status, isSelected, files = NO_FILES }) {
      const t = kit.useText();
      return h(kit.Card, {
        title: missing.titleOf(scene, t("card.untitled")),
        image: scene.image,
        onOpen: () => desk.onOpen(scene.id),
        itemKey: scene.id,
        selection: { selected: new Set(isSelected ? [scene.id] : []), change: desk.onSelect },
        className: scene.ignored ? "ms-ignored" : "",
        tabIndex: -1,
        badge: missing.formatDuration(scene.duration),
        lines: [
          missing.describeOrigin(scene),
          missing.listNames(scene.performers || []),
          scene.new && h(Bootstrap.Badge, { variant: "success" }, t("card.new")),
          scene.owned && h(Bootstrap.Badge, { variant: "success" }, t("card.owned")),
          h(missing.StatusBadge, { status }),
          files.length > 0 && h(missing.OwnedHint, { scene, files, endpoint: desk.endpoint, onLinked: desk.onDrop }),
        ],
        actions: h(SceneActions, { scene, desk, status }),
      });
    },
  );

  /**
   * What the cards need, the same object as long as the box is the same; its functions always act on the present list.
   * @param {any} box
   * @param {string} list the user's own list that these cards are, or ""
   * @param {any} present
   */
  function useDesk(box, list, present) {
    const latest = useRef(present);
    latest.current = present;
    return useMemo(() => {
      const call = (/** @type {string} */ name) => (/** @type {any[]} */ ...args) => latest.current[name](...args);
      const acts = ["onChange", "onDrop", "onAdded", "onOpen", "onSelect"].map((name) => [name, call(name)]);
      return { endpoint: box.endpoint, box, list, ...Object.fromEntries(acts) };
      // the answers of all pages describe the same box anew
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [box.endpoint, box.name, list]);
  }

  /** @param {{text: string, onClick: () => void, isOff?: boolean}} props */
  function BarButton({ text, onClick, isOff = false }) {
    return h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick, disabled: isOff }, text);
  }

  /** Adds all that may be added, or the selected ones. @param {{word: string, scenes: any[], task: StashBundle.TaskState, onAdd: (what: any) => void}} props */
  function AddSome({ word, scenes, task, onAdd }) {
    const t = kit.useText();
    if (!scenes.length) return null;
    return h(BarButton, { text: t(word, { count: scenes.length }), onClick: () => onAdd({ scenes }), isOff: task.isActive });
  }

  /** What is done with all cards, or with the selected ones; these stay in sight. @param {any} props */
  function GridBar({ scenes, desk, selection, addable, unasked, task, onAdd, help, bar }) {
    const t = kit.useText();
    if (!scenes.length) return null;
    const isAll = selection.state === "all";
    const chosen = scenes.filter((/** @type {any} */ one) => selection.selected.has(one.id));
    const isSome = chosen.length > 0;
    const addSome = (/** @type {string} */ word) => h(AddSome, { word, scenes: isSome ? addable.filter((/** @type {any} */ one) => chosen.includes(one)) : addable, task, onAdd });
    return h(
      "div",
      { className: `sbk-toolbar ms-bar-row ${isSome ? "card ms-sticky" : ""}` },
      h(BarButton, { text: t(isAll ? "select.none" : "select.all"), onClick: () => selection.changeAll(!isAll) }),
      isSome
        ? h(missing.SelectionActions, { chosen, desk, onClear: selection.clear }, addSome("whisparr.add_selected"))
        : unasked // before all are known, "all" would be those that happen to be
          ? h("small", { className: "text-muted", role: "status" }, t("whisparr.asking", { count: unasked }))
          : h(React.Fragment, null, addSome(desk.list ? "whisparr.add_shown" : "whisparr.add_all"), addable.length > 0 && bar && bar({ isBusy: task.isActive, onAdd })),
      help,
    );
  }

  /** Whisparr's word on the cards. @param {any} box @param {any} entity @param {any[]} scenes @param {string[]} ids */
  function useStatuses(box, entity, scenes, ids) {
    const ui = kit.useUi();
    const question = JSON.stringify(missing.describeEntity(entity, scenes));
    const { answer: whisparr, ask, note } = missing.useWhisparr(ui, box.has_whisparr ? box.endpoint : "", ids, question);
    const statusOf = (/** @type {string} */ id) => (whisparr && whisparr.state === "ok" ? whisparr.statuses[id] : null);
    const addable = scenes.filter((/** @type {any} */ one) => !one.owned && (statusOf(one.id) || {}).can_add);
    const isUsed = box.has_whisparr && !(whisparr && ["off", "unsupported"].includes(whisparr.state));
    return { whisparr, ask, note, statusOf, addable, isUsed, unasked: isUsed && whisparr ? missing.countUnasked(whisparr, ids) : 0 };
  }

  /**
   * The cards of one box with everything that is done with them: by mouse, by keyboard, many at once.
   * @param {{scenes: any[], box: any, label: string, entity?: any, list?: string, isPart?: boolean, onChange: (ids: string[], part: any) => void,
   *   onDrop: (id: string) => void, onStale: () => void, bar?: (tools: any) => any}} props `list`: the user's own list these are; `onStale`: another list is
   *   right now; `bar`: what else can be added
   */
  function SceneGrid({ scenes, box, label, entity, list = "", isPart = false, onChange, onDrop, onStale, bar }) {
    const ui = kit.useUi();
    const { endpoint } = box;
    const ids = scenes.map((/** @type {any} */ scene) => scene.id);
    const selection = kit.useSelection(ids);
    const { whisparr, ask, note, statusOf, addable, isUsed, unasked } = useStatuses(box, entity, scenes, ids);
    const { files, notice } = missing.useOwnedFiles(ui, list === "ignored" ? "" : endpoint, scenes.filter((one) => !one.owned).map((one) => one.id));
    const task = kit.useTask("whisparr", { onEnd: ask });
    const [adding, setAdding] = useState(/** @type {any} */ (null));
    const [opened, setOpened] = useState("");
    const isStale = useRef(false);
    const help = missing.useKeysHelp();
    const grid = missing.useCardKeys({ ids, selection, onOpen: setOpened, onHelp: help.show });
    const desk = useDesk(box, list, { onChange, onDrop, onAdded: note, onOpen: setOpened, onSelect: selection.change });
    const closeDetails = () => {
      setOpened("");
      if (isStale.current) onStale();
      isStale.current = false;
    };
    return h(
      React.Fragment,
      null,
      h(missing.WhisparrNotice, { answer: whisparr, onRetry: ask }),
      notice && h("p", { className: "text-muted small" }, notice),
      isUsed && h(missing.AddProgress, { task }),
      h(GridBar, { scenes, desk, selection, addable, unasked, task, onAdd: setAdding, help: help.button, bar }),
      h(
        kit.CardGrid,
        { label, innerRef: grid },
        scenes.map((/** @type {any} */ scene) => h(SceneCard, { key: scene.id, scene, desk, status: statusOf(scene.id), isSelected: selection.selected.has(scene.id), files: files[scene.id] })),
      ),
      adding && h(missing.AddDialog, { endpoint, isPart, ...adding, task, onClose: () => setAdding(null) }),
      ids.includes(opened) &&
        h(missing.DetailsDialog, { scenes, id: opened, endpoint, box, onShow: setOpened, onClose: closeDetails, onExcluded: () => void (isStale.current = true) }, (/** @type {any} */ scene) => h(SceneActions, { scene, desk, status: statusOf(scene.id) })),
      help.dialog,
    );
  }

  Object.assign(missing, { SceneGrid });
})();
