// The dialog that explains the keys.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const KEYS = ["arrows", "open", "details", "space", "range", "w", "i", "a", "l", "y", "o", "help"];

  /** @param {{onClose: () => void}} props */
  function KeysDialog({ onClose }) {
    const t = kit.useText();
    const rows = KEYS.map((key) => h(React.Fragment, { key }, h("dt", null, h("kbd", null, t(`keys.${key}`))), h("dd", null, t(`keys.${key}.does`))));
    return h(kit.Dialog, { title: t("keys.title"), onClose }, h("dl", { className: "ms-facts ms-keys" }, rows));
  }

  /** Return the dialog that explains the keys and its button, which CSS hides on devices without a keyboard. */
  function useKeysHelp() {
    const t = kit.useText();
    const [isOpen, setOpen] = useState(false);
    return {
      show: () => setOpen(true),
      button: h(Bootstrap.Button, { size: "sm", className: "minimal ms-keys-button", title: t("keys.title"), "aria-label": t("keys.title"), onClick: () => setOpen(true) }, h(kit.Icon, { name: "faKeyboard" })),
      dialog: isOpen ? h(KeysDialog, { onClose: () => setOpen(false) }) : null,
    };
  }

  Object.assign(missing, { useKeysHelp });
})();
