// Messages in the corner of Stash's page.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
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
    error: (/** @type {unknown} */ error) => void sendMessage({ variant: "danger", error, delay: 8000, priority: 100 }),
  };

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
      stash.toast({ ...rest, content: known ? describeError(known, t) : content });
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
