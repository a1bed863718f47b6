// Dialogs on Bootstrap's modal: the focus stays inside, Esc closes, and the focus returns to where it was.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useState } = React;
  let lastId = 0;

  function useDialogId() {
    const [id] = useState(() => {
      lastId += 1;
      return `sbk-dialog-${lastId}`;
    });
    return id;
  }

  /** Return the class with which Stash hides adult content, if it is set to; dialogs stand outside the element that has it. */
  function useSfwClass() {
    const { StashService } = kit.api.utils;
    const answer = StashService.useConfiguration();
    const configuration = answer.data && answer.data.configuration;
    return configuration && configuration.interface.sfwContentMode ? "sfw-content-mode" : "";
  }

  // Stash's shortcuts are single letters, handled on the document: "e" would edit the page behind a dialog.
  function stopLetters(/** @type {KeyboardEvent} */ event) {
    const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isLetter && event.target instanceof Element && event.target.closest(".sbk.modal")) event.stopPropagation();
  }

  /** Keep letters that are typed in an open dialog from Stash's shortcuts. */
  function useStoppedLetters() {
    useEffect(() => {
      const kinds = /** @type {("keydown" | "keypress")[]} */ (["keydown", "keypress"]);
      const onKey = (/** @type {KeyboardEvent} */ event) => stopLetters(event); // a function for each dialog: several may be open
      kinds.forEach((kind) => document.body.addEventListener(kind, onKey));
      return () => kinds.forEach((kind) => document.body.removeEventListener(kind, onKey));
    }, []);
  }

  /**
   * Show a dialog; while `isBusy` it cannot be closed.
   * @param {{title: any, onClose: () => void, children?: any, footer?: any, size?: string, isBusy?: boolean, className?: string}} props
   */
  function Dialog({ title, onClose, children, footer, size, isBusy = false, className = "" }) {
    const t = kit.useText();
    const id = useDialogId();
    const sfw = useSfwClass();
    useStoppedLetters();
    return h(
      Bootstrap.Modal,
      {
        show: true,
        size,
        scrollable: true,
        keyboard: !isBusy,
        backdrop: isBusy ? "static" : true,
        onHide: onClose,
        "aria-labelledby": id,
        className: `sbk ${sfw}`,
        dialogClassName: `sbk-dialog ${className}`,
      },
      h(
        Bootstrap.Modal.Header,
        { closeButton: !isBusy, closeLabel: t("action.close") },
        h(Bootstrap.Modal.Title, { id, as: "h2", className: "h5" }, title),
      ),
      h(Bootstrap.Modal.Body, null, h(kit.Boundary, null, children)),
      h(kit.DialogMessages),
      footer && h(Bootstrap.Modal.Footer, null, footer),
    );
  }

  /**
   * Ask before an action; the dialog stays open while the action runs, and shows its error.
   * @param {{title: any, children?: any, confirmText: string, isDanger?: boolean, onConfirm: () => unknown,
   *   onClose: () => void, canConfirm?: boolean, size?: string}} props
   */
  function ConfirmDialog({ title, children, confirmText, isDanger, onConfirm, onClose, canConfirm = true, size }) {
    const t = kit.useText();
    const [error, setError] = useState(/** @type {unknown} */ (null));
    const { run, isBusy } = kit.useAction(async () => {
      setError(null);
      await onConfirm();
      onClose();
    }, setError);
    const footer = h(
      React.Fragment,
      null,
      h(Bootstrap.Button, { variant: "secondary", onClick: onClose, disabled: isBusy }, t("action.cancel")),
      h(
        Bootstrap.Button,
        { variant: isDanger ? "danger" : "primary", onClick: run, disabled: isBusy || !canConfirm, "aria-busy": isBusy },
        isBusy && h(Bootstrap.Spinner, { animation: "border", size: "sm", className: "mr-2", "aria-hidden": true }),
        confirmText,
      ),
    );
    return h(Dialog, { title, onClose, footer, isBusy, size }, children, error !== null && h(kit.ErrorBox, { error }));
  }

  Object.assign(kit, { Dialog, ConfirmDialog });
})();
