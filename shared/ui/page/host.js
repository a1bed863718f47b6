// The host: one invisible component in Stash's app. It carries messages, the heartbeat and the buttons in Stash's own rows.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { ReactDOM, patch, hooks } = kit.api;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useCallback, useEffect, useLayoutEffect, useRef, useState } = React;

  // Frames to wait for Stash to draw a row after something hinted at it; no hint, no looking.
  const FRAMES = 30;
  const PAGE_PARTS = ["PerformerPage", "PerformerDetailsPanel", "StudioPage", "StudioDetailsPanel", "TagPage", "HeaderImage", "ScenePage"];
  const FIND_HOOKS = { performer: "useFindPerformer", studio: "useFindStudio", tag: "useFindTag", scene: "useFindScene" };

  /** A list of listeners: what it is told, it tells everybody. */
  function makeSignal() {
    /** @type {Set<(value?: any) => void>} */
    const listeners = new Set();
    const signal = {
      last: /** @type {any} */ (undefined),
      emit: (/** @type {any} */ value) => {
        signal.last = value;
        [...listeners].forEach((listen) => listen(value));
      },
      listen: (/** @type {(value?: any) => void} */ listen) => {
        listeners.add(listen);
        return () => void listeners.delete(listen);
      },
    };
    return signal;
  }

  /** @param {ReturnType<typeof makeSignal>} signal @param {any} initial */
  function useSignal(signal, initial) {
    const [value, setValue] = useState(signal.last === undefined ? initial : signal.last);
    useEffect(() => signal.listen(setValue), [signal]);
    return value;
  }

  const messages = makeSignal();
  /** @type {any[]} */
  const waiting = [];
  let hasListener = false;
  const say = (/** @type {any} */ message) => (hasListener ? messages.emit(message) : waiting.push(message));

  /** Messages in the corner, from anywhere; they wait until Stash's own message system is there. */
  const toast = {
    success: (/** @type {any} */ content) => void say({ variant: "success", content }),
    warning: (/** @type {any} */ content) => void say({ variant: "warning", content, delay: 6000 }),
    error: (/** @type {unknown} */ error) => void say({ variant: "danger", error, delay: 8000, priority: 100 }),
  };

  /** @param {any} error @param {StashBundle.Translate} t */
  function describeError(error, t) {
    const { text, step } = kit.explainError(error);
    return [text === null ? error.message : t(text), step && t(step)].filter(Boolean).join(" ");
  }

  function ToastBridge() {
    const t = kit.useText();
    const stash = hooks.useToast();
    const latest = useRef(/** @type {(message: any) => void} */ (() => undefined));
    latest.current = ({ error, content, ...rest }) => {
      const known = error === undefined ? null : kit.asKitError(error);
      stash.toast({ ...rest, content: known ? describeError(known, t) : content });
    };
    useEffect(() => {
      hasListener = true;
      const stop = messages.listen((message) => latest.current(message));
      waiting.splice(0).forEach((message) => latest.current(message));
      return () => {
        hasListener = false;
        stop();
      };
    }, []);
    return null;
  }

  function Heartbeat() {
    const ui = kit.useUi();
    useEffect(() => (ui.hasHeartbeat ? kit.startHeartbeat(ui, ui.beats.emit) : undefined), [ui]);
    return null;
  }

  // Mounted inside the parts of Stash's pages: whenever one of them is drawn again, its button row may be a new one.
  /** @param {{ui: StashBundle.Ui}} props */
  function PageMarker({ ui }) {
    useLayoutEffect(() => ui.drawn.emit());
    return null;
  }

  // Before those parts could be patched, the arrival of the entity's data is the hint.
  /** @param {{useFind: (id: string) => any, id: string, onChange: (isNewer: boolean) => void}} props */
  function DataWatcher({ useFind, id, onChange }) {
    const { data } = useFind(id);
    const latest = useRef(onChange);
    const before = useRef(/** @type {any} */ (null));
    latest.current = onChange;
    useEffect(() => {
      latest.current(Boolean(before.current && data));
      before.current = data;
    }, [data]);
    return null;
  }

  /**
   * Puts our node into Stash's row. True when it is there, or when another copy of this plugin already is.
   * @param {HTMLElement} node
   * @param {StashBundle.EntityKind} kind
   */
  function placeNode(node, kind) {
    const row = document.querySelector(kit.BUTTON_ROWS[kind]);
    if (!row) return false;
    if (node.parentNode === row) return true;
    if (!row.querySelector(`[data-stash-bundle="${node.dataset.stashBundle}"]`)) row.appendChild(node);
    return true;
  }

  /**
   * Tries at once, then for a bounded number of frames.
   * @param {() => boolean} attempt
   */
  function makeChase(attempt) {
    let frame = 0;
    const stop = () => window.cancelAnimationFrame(frame);
    const start = () => {
      stop();
      let left = FRAMES;
      const step = () => {
        if (attempt() || left === 0) return;
        left -= 1;
        frame = window.requestAnimationFrame(step);
      };
      step();
    };
    return { start, stop };
  }

  /**
   * A node of ours in the button row of the open entity; it follows the row through editing and navigation.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.EntityKind | null} kind
   * @param {string} path a change of it is a hint, too
   */
  function useRowNode(ui, kind, path) {
    const [node] = useState(() => {
      const made = document.createElement("span");
      made.className = "sbk sbk-row";
      made.dataset.stashBundle = ui.id;
      return made;
    });
    const chase = useRef(/** @type {null | ReturnType<typeof makeChase>} */ (null));
    useEffect(() => {
      if (!kind) return undefined;
      const chasing = makeChase(() => placeNode(node, kind));
      chase.current = chasing;
      const stopListening = ui.drawn.listen(chasing.start);
      document.addEventListener("click", chasing.start);
      document.addEventListener("keyup", chasing.start);
      document.addEventListener("load", chasing.start, true); // a page whose script came after its data tells by its pictures
      chasing.start();
      return () => {
        chasing.stop();
        stopListening();
        document.removeEventListener("click", chasing.start);
        document.removeEventListener("keyup", chasing.start);
        document.removeEventListener("load", chasing.start, true);
        node.remove();
      };
    }, [ui, kind, node]);
    const hint = useCallback(() => void (chase.current && chase.current.start()), []);
    useEffect(hint, [path, hint]);
    return { node, hint };
  }

  /** @param {{button: StashBundle.EntityButton, kind: StashBundle.EntityKind, onPress: () => void}} props */
  function RowButton({ button, kind, onPress }) {
    const t = kit.useText();
    const label = t(button.label);
    const isSmall = kind === "scene";
    return h(
      Bootstrap.Button,
      { variant: "secondary", className: isSmall ? "minimal" : "", title: t(button.title || button.label), "aria-label": isSmall ? label : undefined, onClick: onPress },
      button.icon && h(kit.Icon, { name: button.icon }),
      !isSmall && h("span", null, label),
    );
  }

  function EntityButtons() {
    const ui = kit.useUi();
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    const [open, setOpen] = useState(/** @type {null | {button: StashBundle.EntityButton, entity: StashBundle.Entity}} */ (null));
    const entity = kit.matchEntity(pathname);
    const buttons = entity ? ui.buttons.filter((button) => button.kinds.includes(entity.kind)) : [];
    const kind = entity && buttons.length ? entity.kind : null;
    const { node, hint } = useRowNode(ui, kind, pathname);
    const key = kit.entityKey(entity);
    const [round, setRound] = useState(1);
    useEffect(() => setOpen(null), [key]);
    const look = useCallback(
      (/** @type {boolean} */ isNewer) => {
        hint();
        if (isNewer) setRound((/** @type {number} */ one) => one + 1);
      },
      [hint],
    );
    if (!entity || !kind) return null;

    // Stash draws another entity into the same page, so whom it is about is read when the button is pressed.
    const press = (/** @type {StashBundle.EntityButton} */ button) => {
      const present = kit.matchEntity(history.location.pathname);
      if (!present) return;
      if (button.dialog) setOpen({ button, entity: present });
      else if (button.onPress) button.onPress(present, { history });
    };
    const useFind = kit.api.utils.StashService[FIND_HOOKS[entity.kind]];
    return h(
      React.Fragment,
      null,
      useFind && h(DataWatcher, { key, useFind, id: entity.id, onChange: look }),
      ReactDOM.createPortal(
        buttons.map((button) =>
          h(
            React.Fragment,
            { key: button.key },
            h(RowButton, { button, kind, onPress: () => press(button) }),
            button.badge && h(kit.Boundary, { key, fallback: null }, h(button.badge, { entity, round: open ? 0 : round })),
          ),
        ),
        node,
      ),
      open && h(kit.Boundary, null, h(/** @type {any} */ (open.button.dialog), { entity: open.entity, onClose: () => setOpen(null) })),
    );
  }

  /**
   * Where both places for a host exist, the first one mounted is the only one.
   * @param {StashBundle.Ui} ui
   */
  function useClaim(ui) {
    const [token] = useState(() => ({}));
    const [isMine, setMine] = useState(false);
    useLayoutEffect(() => {
      const look = () => setMine(ui.hosts[0] === token);
      ui.hosts.push(token);
      const stop = ui.hostsChanged.listen(look);
      ui.hostsChanged.emit();
      return () => {
        stop();
        ui.hosts.splice(ui.hosts.indexOf(token), 1);
        ui.hostsChanged.emit();
      };
    }, [ui, token]);
    return isMine;
  }

  /** @param {{ui: StashBundle.Ui}} props */
  function Host({ ui }) {
    const isMine = useClaim(ui);
    if (!isMine) return null;
    return h(
      kit.UiContext.Provider,
      { value: ui },
      h(kit.Boundary, { fallback: null }, h(ToastBridge), h(Heartbeat), h(EntityButtons)),
    );
  }

  /**
   * Children with more around them; what other plugins put there stays.
   * @param {any} props
   * @param {any} before
   * @param {any} after
   */
  function withChild(props, before, after) {
    return { ...props, children: h(React.Fragment, null, before, props.children, after) };
  }

  // Up to 0.27 scripts may come after the first page, which then knows nothing of what they registered. A change of the
  // address to itself makes Stash draw again; it comes after the plugin's script, so that everything is registered.
  function drawAgain() {
    window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
  }

  /**
   * Mounts the host: beside Stash's app (0.27 and later), or in its navigation bar where the app cannot be patched or is
   * drawn already; it would have to start over.
   * @param {StashBundle.Ui} ui
   */
  function installHost(ui) {
    if (!ReactDOM || !hooks.useToast) return;
    const isDrawn = document.querySelector(".top-nav") !== null;
    if (isDrawn) void Promise.resolve().then(drawAgain);
    for (const name of isDrawn ? ["MainNavBar.MenuItems"] : ["App", "MainNavBar.MenuItems"]) {
      patch.before(name, (props, ...rest) => [withChild(props, h(Host, { ui }), null), ...rest]);
    }
    for (const name of PAGE_PARTS) {
      patch.after(name, (...args) => h(React.Fragment, null, args[args.length - 1], h(PageMarker, { ui })));
    }
  }

  Object.assign(kit, { toast, makeSignal, useSignal, installHost, withChild });
})();
