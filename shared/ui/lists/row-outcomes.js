// Rows that are decided one after the other: the row stays with its outcome, the focus goes to the next, a message offers Undo.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
  const { useCallback, useEffect, useRef, useState } = React;

  /** Focus the first button, link or field inside an element. @param {HTMLElement | undefined} element */
  function focusInside(element) {
    if (!element) return false;
    const [target] = ["button", "a", "input"].flatMap((tag) => Array.from(element.getElementsByTagName(tag))).filter((one) => !(/** @type {any} */ (one).disabled));
    if (target instanceof HTMLElement) target.focus();
    return Boolean(target);
  }

  /**
   * Return what was decided for the rows of a list. `decide` runs an action for a row; the row stays in its place, so nothing moves under the pointer.
   * @param {string[]} order keys of the rows in the order shown
   * @returns {{outcomes: Record<string, string>, decide: (key: string, decision: {text: string, run: () => Promise<unknown>, undo?: () => Promise<unknown>}) => Promise<void>,
   *   rowRef: (key: string) => (element: HTMLElement | null) => void, clear: () => void}} `outcomes` has a text for each decided row; an `undo` that returns false has undone nothing
   */
  function useRowOutcomes(order) {
    const [outcomes, setOutcomes] = useState(/** @type {Record<string, string>} */ ({}));
    const [focus, setFocus] = useState(/** @type {string[]} */ ([]));
    const elements = useRef(/** @type {Map<string, HTMLElement>} */ (new Map()));
    useEffect(() => void focus.some((key) => focusInside(elements.current.get(key))), [focus]);
    const takeBack = (/** @type {string} */ key, /** @type {() => Promise<unknown>} */ undo) => async () => {
      if ((await undo()) === false) return;
      setOutcomes(({ [key]: _, ...rest }) => rest);
      setFocus([key]);
    };
    const decide = async (/** @type {string} */ key, /** @type {any} */ { text, run, undo }) => {
      await run();
      const next = kit.listOpenAfter(order, key, outcomes);
      setOutcomes((old) => ({ ...old, [key]: text }));
      setFocus(next);
      if (undo) kit.toast.undo(text, takeBack(key, undo));
      else kit.toast.success(text);
    };
    const rowRef = (/** @type {string} */ key) => (/** @type {HTMLElement | null} */ element) => void (element ? elements.current.set(key, element) : elements.current.delete(key));
    const clear = useCallback(() => setOutcomes({}), []);
    return { outcomes, decide, rowRef, clear };
  }

  Object.assign(kit, { useRowOutcomes });
})();
