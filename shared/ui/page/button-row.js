// Stash's own button rows: the node of a plugin that is placed there, and the hints that a row was drawn anew.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
  const { useCallback, useEffect, useLayoutEffect, useRef, useState } = React;
  // Frames to wait for Stash to draw a row after something hinted at it; no hint, no looking.
  const MOST_FRAMES = 30;

  // Mounted inside the parts of Stash's pages: whenever one of them is drawn again, its button row may be a new one.
  /** @param {{ui: StashBundle.Ui}} props */
  function PageMarker({ ui }) {
    useLayoutEffect(() => ui.drawn.emit());
    return null;
  }

  // Before those parts could be patched, the arrival of the entity's data is the hint.
  /** @param {{useFind: (id: string) => any, id: string, onChange: (isNewer: boolean) => void}} props */
  function DataWatcher({ useFind, id, onChange }) {
    const { data } = useFind(id);
    const latest = useRef(onChange);
    const before = useRef(/** @type {any} */ (null));
    latest.current = onChange;
    useEffect(() => {
      latest.current(Boolean(before.current && data));
      before.current = data;
    }, [data]);
    return null;
  }

  /**
   * Puts our node into Stash's row. True when it is there, or when another copy of this plugin already is.
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
   * Tries at once, then for a bounded number of frames.
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
   * A node of ours in the button row of the open entity; it follows the row through editing and navigation.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.EntityKind | null} kind
   * @param {string} path a change of it is a hint, too
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
      document.addEventListener("load", chasing.start, true); // a page whose script came after its data tells by its pictures
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

  Object.assign(kit, { PageMarker, DataWatcher, useButtonRowNode });
})();
