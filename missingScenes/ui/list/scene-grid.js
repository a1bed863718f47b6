// The cards of one box with the actions for one, several or all scenes.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useMemo, useRef, useState } = React;
  const FIRST_CARDS = 20;

  /**
   * Return everything the cards need, as one object that stays the same for a box, so that cards are not drawn again; its functions
   * call the latest callbacks.
   * @param {any} box
   * @param {string} list the user's own list that these cards are, or ""
   * @param {any} present
   */
  function useCardContext(box, list, present) {
    const latest = useRef(present);
    latest.current = present;
    return useMemo(() => {
      const call = (/** @type {string} */ name) => (/** @type {any[]} */ ...args) => latest.current[name](...args);
      const acts = ["onChange", "onDrop", "onStale", "onAdded", "onAdd", "onOpen", "onSelect", "onProgress"].map((name) => [name, call(name)]);
      return { endpoint: box.endpoint, box, list, ...Object.fromEntries(acts) };
      // each page's answer has a new object for the same box
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [box.endpoint, box.name, list]);
  }

  /** @param {{text: string, onClick: () => void, isOff?: boolean, isMain?: boolean}} props */
  function BarButton({ text, onClick, isOff = false, isMain = false }) {
    return h(Bootstrap.Button, { size: "sm", variant: isMain ? "primary" : "secondary", onClick, disabled: isOff }, text);
  }

  /** Show the button that adds these scenes to Whisparr. @param {{word: string, scenes: any[], task: StashBundle.TaskState, isMain: boolean, onAdd: (what: any) => void}} props */
  function AddSomeButton({ word, scenes, task, isMain, onAdd }) {
    const t = kit.useText();
    if (!scenes.length) return null;
    return h(BarButton, { text: t(word, { count: scenes.length }), onClick: () => onAdd({ scenes }), isOff: task.isActive, isMain });
  }

  /** Show the actions for all cards, or those for the selected ones, which stay visible while scrolling. @param {any} props */
  function GridBar({ scenes, context, selection, addable, unasked, task, onAdd, help, bar, statusOf, search }) {
    const t = kit.useText();
    if (!scenes.length) return null;
    const isAll = selection.state === "all";
    const chosen = scenes.filter((/** @type {any} */ one) => selection.selected.has(one.id));
    const isSome = chosen.length > 0;
    const addSome = (/** @type {string} */ word) => h(AddSomeButton, { word, scenes: isSome ? addable.filter((/** @type {any} */ one) => chosen.includes(one)) : addable, task, isMain: context.list === "wanted", onAdd });
    const open = scenes.filter((/** @type {any} */ one) => missing.canSearch(statusOf(one.id)));
    const searchSome = (/** @type {string} */ word) => h(missing.SearchButton, { word, scenes: isSome ? open.filter((/** @type {any} */ one) => chosen.includes(one)) : open, statusOf, search });
    return h(
      "div",
      { className: `sbk-toolbar ms-bar-row ${isSome ? "card ms-sticky" : ""}` },
      h(BarButton, { text: t(isAll ? "select.none" : "select.all"), onClick: () => selection.changeAll(!isAll) }),
      isSome
        ? h(missing.SelectionActions, { chosen, context, onClear: selection.clear }, addSome("whisparr.add_selected"), searchSome("search.selected"))
        : unasked // before all are known, "all" would be those that happen to be
          ? h("small", { className: "text-muted", role: "status" }, t("whisparr.asking", { count: unasked }))
          : h(React.Fragment, null, addSome(context.list ? "whisparr.add_shown" : "whisparr.add_all"), addable.length > 0 && bar && bar({ isBusy: task.isActive, onAdd }), searchSome("search.all")),
      help,
    );
  }

  /** Return the slot of the task that adds to Whisparr: one for each list and for the list of each performer, studio and tag. @param {string} list @param {any} entity */
  function nameAddSlot(list, entity) {
    return ["whisparr", list, entity && `${entity.type}-${entity.id}`].filter(Boolean).join("-");
  }

  /** Return how many cards are drawn: the first rows at once, all of them after these were painted. @param {number} count */
  function useDrawnCards(count) {
    const [isWhole, setWhole] = useState(count <= FIRST_CARDS);
    useEffect(() => {
      const timer = window.setTimeout(() => setWhole(true), 0);
      return () => window.clearTimeout(timer);
    }, []);
    return isWhole ? count : FIRST_CARDS;
  }

  /**
   * Show the cards of one box with all actions, by mouse and keyboard.
   * @param {{scenes: any[], box: any, label: string, entity?: any, list?: string, isPart?: boolean, onChange: (ids: string[], part: any) => void,
   *   onDrop: (id: string) => void, onStale: () => void, bar?: (tools: any) => any}} props `list`: "wanted" or "ignored" on these tabs; `onStale`: called when
   *   the list must be loaded again; `bar`: another button
   */
  function SceneGrid({ scenes, box, label, entity, list = "", isPart = false, onChange, onDrop, onStale, bar }) {
    const ui = kit.useUi();
    const { endpoint } = box;
    const ids = scenes.map((/** @type {any} */ scene) => scene.id);
    const drawn = useDrawnCards(ids.length);
    const selection = kit.useSelection(ids);
    const { whisparr, ask, note, statusOf, addable, isUsed, unasked } = missing.useGridStatuses(box, entity, scenes, ids);
    const { files, notice } = missing.useOwnedFiles(ui, list === "ignored" ? "" : endpoint, scenes.filter((one) => !one.owned && !missing.hasFiles(one)).map((one) => one.id));
    const task = kit.useTask(nameAddSlot(list, entity), { onEnd: ask });
    const [adding, setAdding] = useState(/** @type {any} */ (null));
    const [asked, setAsked] = useState(/** @type {any} */ (null));
    const [opened, setOpened] = useState("");
    const isStale = useRef(false);
    const help = missing.useKeysHelp();
    const grid = missing.useCardKeys({ ids, selection, onOpen: setOpened, onHelp: help.show });
    const context = useCardContext(box, list, { onChange, onDrop, onStale, onAdded: note, onAdd: setAdding, onOpen: setOpened, onSelect: selection.change, onProgress: setAsked });
    const search = missing.useSearch(endpoint, ask);
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
      search.line,
      h(GridBar, { scenes, context, selection, addable, unasked, task, onAdd: setAdding, help: help.button, bar, statusOf, search }),
      h(
        kit.CardGrid,
        { label, innerRef: grid },
        scenes.slice(0, drawn).map((/** @type {any} */ scene) => h(missing.SceneCard, { key: scene.id, scene, context, status: statusOf(scene.id), isSelected: selection.selected.has(scene.id), files: missing.hasFiles(scene) ? scene.files : files[scene.id] })),
      ),
      adding && h(missing.AddDialog, { endpoint, isPart, ...adding, task, onClose: () => setAdding(null) }),
      asked && h(missing.ProgressDialog, { scene: asked, endpoint, status: statusOf(asked.id), onStatus: note, onAdd: (/** @type {any} */ one) => setAdding({ scenes: [one] }), onClose: () => setAsked(null) }),
      ids.includes(opened) &&
        h(missing.DetailsDialog, { scenes, id: opened, endpoint, box, onShow: setOpened, onClose: closeDetails, onExcluded: () => void (isStale.current = true) }, (/** @type {any} */ scene) => h(missing.SceneActions, { scene, context, status: statusOf(scene.id) })),
      help.dialog,
    );
  }

  Object.assign(missing, { SceneGrid });
})();
