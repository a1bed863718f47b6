// Messages in the corner of Stash's page.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { hooks } = kit.api;
  const { useEffect, useRef } = React;
  const messages = kit.makeSignal();
  /** @type {any[]} */
  const waitingMessages = [];
  let hasListener = false;
  const sendMessage = (/** @type {any} */ message) => (hasListener ? messages.emit(message) : waitingMessages.push(message));
  /** Messages in the corner, from any code; they wait until the host is mounted, which passes them to Stash. */
  const toast = {
    success: (/** @type {any} */ content) => void sendMessage({ variant: "success", content }),
    warning: (/** @type {any} */ content) => void sendMessage({ variant: "warning", content, delay: 6000 }),
    /** A message with a button that takes the decision back. */
    undo: (/** @type {string} */ text, /** @type {() => unknown} */ onUndo) => void sendMessage({ variant: "success", content: (/** @type {StashBundle.Translate} */ t) => makeUndoText(text, onUndo, t), delay: 10000 }),
    error: (/** @type {unknown} */ error) => void sendMessage({ variant: "danger", error, delay: 8000, priority: 100 }),
  };

  /** @param {string} text @param {() => unknown} onUndo @param {StashBundle.Translate} t */
  function makeUndoText(text, onUndo, t) {
    return h("span", { className: "sbk" }, text, " ", h(kit.ActionButton, { size: "sm", icon: "faRotateLeft", onClick: onUndo }, t("undo.confirm")));
  }

  /** @param {any} error @param {StashBundle.Translate} t */
  function describeError(error, t) {
    const { text, step } = kit.explainError(error);
    return [text === null ? error.message : t(text), step && t(step)].filter(Boolean).join(" ");
  }

  /** Pass messages to Stash's own message system while the host is mounted. */
  function ToastBridge() {
    const t = kit.useText();
    const stash = hooks.useToast();
    const latest = useRef(/** @type {(message: any) => void} */ (() => undefined));
    latest.current = ({ error, content, ...rest }) => {
      const known = error === undefined ? null : kit.asKitError(error);
      stash.toast({ ...rest, content: known ? describeError(known, t) : typeof content === "function" ? content(t) : content });
    };
    useEffect(() => {
      hasListener = true;
      const stop = messages.listen((/** @type {any} */ message) => latest.current(message));
      waitingMessages.splice(0).forEach((message) => latest.current(message));
      return () => {
        hasListener = false;
        stop();
      };
    }, []);
    return null;
  }

  Object.assign(kit, { toast, ToastBridge });
})();
