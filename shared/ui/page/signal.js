// Signals: values that one place emits and components listen to.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
  const { useEffect, useState } = React;

  /** Return a signal: `emit` passes a value to all listeners, and `last` is the latest one. */
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

  /** Return the latest value of a signal, and render again for each new one. @param {ReturnType<typeof makeSignal>} signal @param {any} initial */
  function useSignal(signal, initial) {
    const [value, setValue] = useState(signal.last === undefined ? initial : signal.last);
    useEffect(() => signal.listen(setValue), [signal]);
    return value;
  }

  Object.assign(kit, { makeSignal, useSignal });
})();
