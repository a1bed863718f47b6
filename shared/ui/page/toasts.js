// Messages in the corner of Stash's page.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { hooks } = kit.api;
  const { useEffect, useRef, useState } = React;
  const messages = kit.makeSignal();
  /** @type {any[]} */
  const waitingMessages = [];
  let hasListener = false;
  /** The open dialogs of this plugin, the topmost last: each shows the messages itself, because Stash's corner is hidden behind it from screen readers and the keyboard. @type {((message: any) => void)[]} */
  const dialogs = [];
  const SHOWN_MS = 3000; // as long as Stash shows a message in its corner
  function sendMessage(/** @type {any} */ message) {
    if (dialogs.length) dialogs[dialogs.length - 1](message);
    else if (hasListener) messages.emit(message);
    else waitingMessages.push(message);
  }
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

  /** Return the content of a message. @param {any} message @param {StashBundle.Translate} t */
  function describeMessage({ error, content }, t) {
    if (error !== undefined) return describeError(kit.asKitError(error), t);
    return typeof content === "function" ? content(t) : content;
  }

  /** Show the last message that was sent while this dialog is open; one that was hardly read goes to the corner when the dialog closes. */
  function DialogMessages() {
    const t = kit.useText();
    const [message, setMessage] = useState(/** @type {any} */ (null));
    useEffect(() => {
      let last = /** @type {any} */ (null);
      const show = (/** @type {any} */ next) => {
        last = { ...next, sent: Date.now() };
        setMessage(last);
      };
      dialogs.push(show);
      return () => {
        dialogs.splice(dialogs.indexOf(show), 1);
        if (last && Date.now() - last.sent < (last.delay || SHOWN_MS)) sendMessage(last);
      };
    }, []);
    const level = message && message.variant;
    return h("div", { role: "status", "aria-live": "polite", className: "sbk-dialog-messages" }, message && h("div", { className: `sbk-notice sbk-${level}` }, describeMessage(message, t)));
  }

  /** Pass messages to Stash's own message system while the host is mounted. */
  function ToastBridge() {
    const t = kit.useText();
    const stash = hooks.useToast();
    const latest = useRef(/** @type {(message: any) => void} */ (() => undefined));
    latest.current = ({ error, content, sent: _, ...rest }) => stash.toast({ ...rest, content: describeMessage({ error, content }, t) });
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

  Object.assign(kit, { toast, ToastBridge, DialogMessages });
})();
