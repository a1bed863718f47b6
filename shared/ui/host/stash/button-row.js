// Stash's own button rows: the node of a plugin that is placed there, and the hints that a row was drawn anew.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
  const { useCallback, useEffect, useRef, useState } = React;
  // How many frames to look for a row after a hint that Stash may draw it.
  const MOST_FRAMES = 30;

  // In older releases these parts cannot be patched; there the arrival of the entity's data is the hint.
  /** @param {{useFind: (id: string) => any, id: string, onChange: (isNewer: boolean, data: any) => void}} props */
  function DataWatcher({ useFind, id, onChange }) {
    const { data } = useFind(id);
    const latest = useRef(onChange);
    const before = useRef(/** @type {any} */ (null));
    latest.current = onChange;
    useEffect(() => {
      latest.current(Boolean(before.current && data), data);
      before.current = data;
    }, [data]);
    return null;
  }

  /**
   * Put our node into Stash's button row; return false if there is no row yet. A node of another copy of this plugin stays alone.
   * @param {HTMLElement} node
   * @param {StashBundle.EntityKind} kind
   */
  function placeNode(node, kind) {
    const row = document.querySelector(kit.BUTTON_ROWS[kind]);
    if (!row) return false;
    if (node.parentNode === row) return true;
    if (!row.querySelector(`[data-stash-bundle="${node.dataset.stashBundle}"]`)) row.appendChild(node);
    return true;
  }

  /**
   * Return a loop that tries at once and then in each frame, until the attempt succeeds or MOST_FRAMES have passed.
   * @param {() => boolean} attempt
   */
  function makeFrameLoop(attempt) {
    let frame = 0;
    const stop = () => window.cancelAnimationFrame(frame);
    const start = () => {
      stop();
      let left = MOST_FRAMES;
      const step = () => {
        if (attempt() || left === 0) return;
        left -= 1;
        frame = window.requestAnimationFrame(step);
      };
      step();
    };
    return { start, stop };
  }

  /**
   * Return our node in the button row of the open entity; `hint` looks for the row again, for instance after navigation.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.EntityKind | null} kind
   * @param {string} path a change of it is a hint as well
   */
  function useButtonRowNode(ui, kind, path) {
    const [node] = useState(() => {
      const made = document.createElement("span");
      made.className = "sbk sbk-row";
      made.dataset.stashBundle = ui.id;
      return made;
    });
    const chase = useRef(/** @type {null | ReturnType<typeof makeFrameLoop>} */ (null));
    useEffect(() => {
      if (!kind) return undefined;
      const chasing = makeFrameLoop(() => placeNode(node, kind));
      chase.current = chasing;
      const stopListening = ui.drawn.listen(chasing.start);
      document.addEventListener("click", chasing.start);
      document.addEventListener("keyup", chasing.start);
      document.addEventListener("load", chasing.start, true); // pages whose script is loaded after their data still load images
      chasing.start();
      return () => {
        chasing.stop();
        stopListening();
        document.removeEventListener("click", chasing.start);
        document.removeEventListener("keyup", chasing.start);
        document.removeEventListener("load", chasing.start, true);
        node.remove();
      };
    }, [ui, kind, node]);
    const hint = useCallback(() => void (chase.current && chase.current.start()), []);
    useEffect(hint, [path, hint]);
    return { node, hint };
  }

  Object.assign(kit, { DataWatcher, useButtonRowNode });
})();
