// The plugin's buttons on pages of performers, studios, tags and scenes, with their badges and dialogs.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { ReactDOM, hooks } = kit.api;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useCallback, useEffect, useState } = React;
  const FIND_HOOKS = { performer: "useFindPerformer", studio: "useFindStudio", tag: "useFindTag", scene: "useFindScene" };

  /** Return when the entity in an answer of Stash was last saved; empty without one. @param {any} data */
  function readSavedAt(data) {
    const [found] = data ? Object.values(data) : [];
    return (found && found.updated_at) || "";
  }

  /** @param {{button: StashBundle.EntityButton, kind: StashBundle.EntityKind, isBusy: boolean, onPress: () => void}} props */
  function RowButton({ button, kind, isBusy, onPress }) {
    const t = kit.useText();
    const label = t(button.label);
    const isSmall = kind === "scene";
    return h(
      Bootstrap.Button,
      { variant: "secondary", className: isSmall ? "minimal" : "", title: t(button.title || button.label), "aria-label": isSmall ? label : undefined, "aria-busy": isBusy || undefined, onClick: onPress },
      h(kit.Icon, { name: button.icon || kit.ui.icon || "" }),
      !isSmall && h("span", null, label),
    );
  }

  /** Return the function of a pressed button, which loads the plugin's page first, and the button that waits for it. @param {StashBundle.Ui} ui @param {(open: any) => void} setOpen */
  function usePress(ui, setOpen) {
    const toast = hooks.useToast();
    const history = ReactRouterDOM.useHistory();
    const [busyKey, setBusyKey] = useState("");
    const press = async (/** @type {StashBundle.EntityButton} */ button) => {
      // Stash draws another entity into the same page, so the entity is read when the button is pressed.
      const entity = kit.matchEntity(history.location.pathname);
      if (!entity) return;
      setBusyKey(button.key);
      try {
        await ui.page.load();
        if (button.dialog) setOpen({ button, entity });
        else if (button.onPress) button.onPress(entity, { history });
      } catch (error) {
        toast.error(error);
      } finally {
        setBusyKey("");
      }
    };
    return { press, busyKey };
  }

  /** Return the answer of the operation that a button asks whether its badge is shown, null before; the last one while the dialog is open. @param {StashBundle.Ui} ui @param {StashBundle.EntityButton | undefined} button @param {StashBundle.Entity} entity @param {number} round */
  function useBadgeAnswer(ui, button, entity, round) {
    const [answer, setAnswer] = useState(/** @type {any} */ (null));
    const name = button && button.asks;
    useEffect(() => {
      if (!name || !round) return undefined;
      let isCurrent = true;
      const take = (/** @type {any} */ found) => isCurrent && setAnswer(found);
      const tell = (/** @type {unknown} */ error) => console.warn(`${ui.name}: nothing is known about this ${entity.kind} now.`, error); // asked again with the next save
      kit.askPlugin(ui, name, { [`${entity.kind}_id`]: entity.id }).then(take, tell);
      return () => {
        isCurrent = false;
      };
    }, [ui, name, entity.kind, entity.id, round]);
    return answer;
  }

  /** Show a badge only if an operation says so: the plugin's page is loaded for it. @param {{ui: StashBundle.Ui, button: StashBundle.EntityButton, entity: StashBundle.Entity, round: number, savedAt: string}} props */
  function AskedBadge({ ui, button, entity, round, savedAt }) {
    const answer = useBadgeAnswer(ui, button, entity, round);
    const isShown = Boolean(answer && answer.is_shown);
    const { isLoaded } = kit.useScript(ui.page, isShown);
    if (!isShown || !isLoaded || !button.badge) return null;
    return h(kit.UiContext.Provider, { value: ui }, h(kit.Boundary, { fallback: null }, h(/** @type {any} */ (button.badge), { entity, round, savedAt, answer })));
  }

  /** @param {{ui: StashBundle.Ui, buttons: StashBundle.EntityButton[], entity: StashBundle.Entity, round: number, savedAt: string}} props */
  function Badges({ ui, buttons, entity, round, savedAt }) {
    const { isLoaded } = kit.useScript(ui.page, true);
    if (!isLoaded) return null;
    const shown = buttons.filter((button) => button.badge);
    const badges = shown.map((button) => h(kit.Boundary, { key: button.key, fallback: null }, h(/** @type {any} */ (button.badge), { entity, round, savedAt })));
    return h(React.Fragment, null, badges);
  }

  /** Show the plugin's buttons in the button row of the open entity, and the dialog of the pressed one. */
  function EntityButtons() {
    const ui = kit.useUi();
    const { pathname } = ReactRouterDOM.useLocation();
    const [open, setOpen] = useState(/** @type {null | {button: StashBundle.EntityButton, entity: StashBundle.Entity}} */ (null));
    const { press, busyKey } = usePress(ui, setOpen);
    const entity = kit.matchEntity(pathname);
    const buttons = entity ? ui.buttons.filter((button) => button.kinds.includes(entity.kind)) : [];
    const kind = entity && buttons.length ? entity.kind : null;
    const { node, hint } = kit.useButtonRowNode(ui, kind, pathname);
    const key = kit.makeEntityKey(entity);
    const [round, setRound] = useState(1);
    const [savedAt, setSavedAt] = useState("");
    useEffect(() => setOpen(null), [key]);
    const look = useCallback(
      (/** @type {boolean} */ isNewer, /** @type {any} */ data) => {
        hint();
        setSavedAt(readSavedAt(data));
        if (isNewer) setRound((/** @type {number} */ one) => one + 1);
      },
      [hint],
    );
    if (!entity || !kind) return null;

    const useFind = kit.api.utils.StashService[FIND_HOOKS[entity.kind]];
    const withBadge = buttons.filter((button) => button.hasBadge);
    return h(
      React.Fragment,
      null,
      useFind && h(kit.DataWatcher, { key, useFind, id: entity.id, onChange: look }),
      ReactDOM.createPortal(
        h(
          React.Fragment,
          null,
          buttons.map((button) => h(RowButton, { key: button.key, button, kind, isBusy: busyKey === button.key, onPress: () => void press(button) })),
          buttons.filter((button) => button.asks).map((button) => h(AskedBadge, { key: `${key} ${button.key}`, ui, button, entity, round: open ? 0 : round, savedAt })),
          withBadge.length > 0 && h(Badges, { key, ui, buttons: withBadge, entity, round: open ? 0 : round, savedAt }),
        ),
        node,
      ),
      open && h(kit.Boundary, null, h(/** @type {any} */ (open.button.dialog), { entity: open.entity, savedAt, onClose: () => setOpen(null) })),
    );
  }

  Object.assign(kit, { EntityButtons });
})();
