// A value that is used once typing has paused, for previews that follow what a person types.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React } = kit;
  const { useEffect, useState } = React;
  const PAUSE = 400; // milliseconds without a key

  /** Return a value once it has not changed for a moment. @param {string} value */
  function useSettled(value) {
    const [settled, setSettled] = useState(value);
    useEffect(() => {
      const timer = window.setTimeout(() => setSettled(value), PAUSE);
      return () => window.clearTimeout(timer);
    }, [value]);
    return settled;
  }

  Object.assign(plexSync, { useSettled });
})();
