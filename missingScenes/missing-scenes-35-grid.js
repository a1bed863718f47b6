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
    const { endpoint, onChange, onAdded } = desk;
    return h(
      React.Fragment,
      null,
      h(missing.MarkButton, { scene, list: "wanted", endpoint, onChange }),
      h(missing.MarkButton, { scene, list: "ignored", endpoint, onChange }),
      missing.canTry(status) && h(missing.AddButton, { scene, endpoint, status, onAdded }),
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
   * @param {any} present
   */
  function useDesk(box, present) {
    const latest = useRef(present);
    latest.current = present;
    return useMemo(() => {
      const call = (/** @type {string} */ name) => (/** @type {any[]} */ ...args) => latest.current[name](...args);
      const acts = ["onChange", "onDrop", "onAdded", "onOpen", "onSelect"].map((name) => [name, call(name)]);
      return { endpoint: box.endpoint, box, ...Object.fromEntries(acts) };
      // the answers of all pages describe the same box anew
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [box.endpoint, box.name]);
  }

  /** What is done with all cards, or with the selected ones; these stay in sight. @param {any} props */
  function GridBar({ scenes, desk, selection, addable, task, onAdd, help }) {
    const t = kit.useText();
    const button = (/** @type {string} */ text, /** @type {() => void} */ onClick, isOff = false) => h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick, disabled: isOff }, text);
    if (!scenes.length) return null;
    const allSelected = selection.state === "all";
    const chosen = scenes.filter((/** @type {any} */ one) => selection.selected.has(one.id));
    const chosenAddable = chosen.filter((/** @type {any} */ one) => addable.includes(one));
    return h(
      "div",
      { className: `sbk-toolbar ms-bar-row ${chosen.length ? "card ms-sticky" : ""}` },
      button(t(allSelected ? "select.none" : "select.all"), () => selection.changeAll(!allSelected)),
      !chosen.length && addable.length > 0 && button(t("whisparr.add_all", { count: addable.length }), () => onAdd(addable), task.isActive),
      chosen.length > 0 &&
        h(
          missing.SelectionActions,
          { chosen, endpoint: desk.endpoint, onChange: desk.onChange, onClear: selection.clear },
          chosenAddable.length > 0 && button(t("whisparr.add_selected", { count: chosenAddable.length }), () => onAdd(chosenAddable), task.isActive),
        ),
      help,
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
    const desk = useDesk(answer.box, { onChange: found.change, onDrop: found.drop, onAdded: note, onOpen: setOpened, onSelect: selection.change });
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
      h(GridBar, { scenes, desk, selection, addable, task, onAdd: setChosen, help: help.button }),
      h(
        kit.CardGrid,
        { label: t("list.label"), innerRef: grid },
        scenes.map((/** @type {any} */ scene) => h(SceneCard, { key: scene.id, scene, desk, status: statusOf(scene.id), isSelected: selection.selected.has(scene.id), files: files[scene.id] })),
      ),
      chosen && h(missing.AddDialog, { endpoint, scenes: chosen, isPart: missing.hasMore(answer), task, onClose: () => setChosen(null) }),
      opened &&
        h(missing.DetailsDialog, { scenes, id: opened, endpoint, box: answer.box, onShow: setOpened, onClose: closeDetails, onExcluded: () => void (isStale.current = true) }, (/** @type {any} */ scene) => h(SceneActions, { scene, desk, status: statusOf(scene.id) })),
      help.dialog,
    );
  }

  Object.assign(missing, { SceneGrid, BoxLink });
})();
