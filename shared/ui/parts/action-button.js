// Actions that run one at a time, and the button for them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useRef, useState } = React;

  /** Return a ref that is true while the component is mounted; a promise that ends later must not set its state. */
  function useIsMounted() {
    const isMounted = useRef(true);
    useEffect(() => {
      isMounted.current = true;
      return () => {
        isMounted.current = false;
      };
    }, []);
    return isMounted;
  }

  /**
   * Return an action as `run`, with `isBusy` while it runs; an error goes to `onError`, else to a message in the corner.
   * @param {(...args: any[]) => unknown} action
   * @param {(error: unknown) => void} [onError]
   */
  function useAction(action, onError) {
    const [isBusy, setBusy] = useState(false);
    const isMounted = useIsMounted();
    const run = async (/** @type {any[]} */ ...args) => {
      setBusy(true);
      try {
        return await action(...args);
      } catch (error) {
        (onError || kit.toast.error)(error);
        return undefined;
      } finally {
        if (isMounted.current) setBusy(false);
      }
    };
    return { run, isBusy };
  }

  /**
   * Return a function that runs an action only after its earlier calls have ended, so that saves cannot overtake each other.
   * @param {(args: any) => Promise<void>} action
   * @returns {(args: any) => Promise<void>}
   */
  function useSerialAction(action) {
    const queue = useRef(Promise.resolve());
    const { run } = useAction(action);
    return (args) => {
      queue.current = queue.current.then(async () => void (await run(args)));
      return queue.current;
    };
  }

  /**
   * Show a button whose action may take a while; it is disabled until the action has ended.
   * @param {any} props those of Bootstrap.Button, and `icon`, `onError`
   */
  function ActionButton({ onClick, onError, icon, children, disabled, ...rest }) {
    const { run, isBusy } = useAction(onClick, onError);
    return h(
      Bootstrap.Button,
      { variant: "secondary", ...rest, disabled: disabled || isBusy, "aria-busy": isBusy || undefined, onClick: run },
      isBusy && h(Bootstrap.Spinner, { animation: "border", size: "sm", "aria-hidden": true, className: "mr-2" }),
      icon && !isBusy && h(kit.Icon, { name: icon }),
      h("span", null, children),
    );
  }

  Object.assign(kit, { useIsMounted, useAction, useSerialAction, ActionButton });
})();
