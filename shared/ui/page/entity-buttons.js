// The plugin's buttons on pages of performers, studios, tags and scenes, with their badges and dialogs.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { ReactDOM } = kit.api;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useCallback, useEffect, useState } = React;
  const FIND_HOOKS = { performer: "useFindPerformer", studio: "useFindStudio", tag: "useFindTag", scene: "useFindScene" };

  /** Return when the entity in an answer of Stash was last saved; empty without one. @param {any} data */
  function readSavedAt(data) {
    const [found] = data ? Object.values(data) : [];
    return (found && found.updated_at) || "";
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

  /** Show the plugin's buttons in the button row of the open entity, and the dialog of the pressed one. */
  function EntityButtons() {
    const ui = kit.useUi();
    const history = ReactRouterDOM.useHistory();
    const { pathname } = ReactRouterDOM.useLocation();
    const [open, setOpen] = useState(/** @type {null | {button: StashBundle.EntityButton, entity: StashBundle.Entity}} */ (null));
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

    // Stash draws another entity into the same page, so the entity is read when the button is pressed.
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
      useFind && h(kit.DataWatcher, { key, useFind, id: entity.id, onChange: look }),
      ReactDOM.createPortal(
        buttons.map((button) =>
          h(
            React.Fragment,
            { key: button.key },
            h(RowButton, { button, kind, onPress: () => press(button) }),
            button.badge && h(kit.Boundary, { key, fallback: null }, h(button.badge, { entity, round: open ? 0 : round, savedAt })),
          ),
        ),
        node,
      ),
      open && h(kit.Boundary, null, h(/** @type {any} */ (open.button.dialog), { entity: open.entity, savedAt, onClose: () => setOpen(null) })),
    );
  }

  Object.assign(kit, { EntityButtons });
})();
