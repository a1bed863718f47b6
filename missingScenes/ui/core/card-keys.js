// Keys on the cards: the command of a key, and the card that an arrow leads to. Pure.
(function (root) {
  "use strict";

  const MOVE_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
  // A letter clicks the card's button that names it in `aria-keyshortcuts`.
  const BUTTON_KEYS = ["a", "w", "i", "o", "l", "y"];
  const TYPED_TAGS = ["TEXTAREA", "SELECT"];
  const BUTTON_TAGS = ["BUTTON", "A", "INPUT", "SUMMARY"];
  const NOT_TYPED_INPUTS = ["checkbox", "radio", "button", "submit"];

  /**
   * Return true if the focus is in a field that takes typed text.
   * @param {{tagName?: string, type?: string, isContentEditable?: boolean} | null} target
   */
  function isTyping(target) {
    if (!target || !target.tagName) return false;
    if (target.isContentEditable || TYPED_TAGS.includes(target.tagName)) return true;
    return target.tagName === "INPUT" && !NOT_TYPED_INPUTS.includes(target.type || "text");
  }

  // The command of a key. Those on cards do not apply while a button has the focus, which Enter and Space click.
  const KEYS_ANYWHERE = /** @type {Record<string, string>} */ (Object.fromEntries([...MOVE_KEYS.map((key) => [key, "move"]), ...BUTTON_KEYS.map((key) => [key, "press"]), ["?", "help"]]));
  const KEYS_ON_CARDS = /** @type {Record<string, string>} */ ({ Enter: "open", " ": "select" });
  const KEYS_WITH_SHIFT = [...MOVE_KEYS, "?", " "];

  /** Return true if a key is meant for the browser, the system or a field. @param {any} event */
  function isOtherKey(event) {
    return event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target);
  }

  /**
   * Return the command of a key on the cards, null for none: with Ctrl, Alt or the command key, while typing, and for Enter and
   * Space on buttons.
   * @param {any} event a keyboard event
   * @returns {{kind: "move" | "press" | "open" | "select" | "help", key: string, isRange: boolean} | null}
   */
  function readKey(event) {
    const { key, shiftKey, target } = event;
    if (isOtherKey(event) || (shiftKey && !KEYS_WITH_SHIFT.includes(key))) return null;
    const isOnButton = BUTTON_TAGS.includes((target && target.tagName) || "");
    const kind = KEYS_ANYWHERE[key] || (isOnButton ? undefined : KEYS_ON_CARDS[key]);
    return kind ? { kind: /** @type {any} */ (kind), key, isRange: Boolean(shiftKey) } : null;
  }

  /**
   * Return the index of the card that an arrow leads to: the first if none had the focus, the same at the edges.
   * @param {string} key
   * @param {number} index -1: none yet
   * @param {number} count
   * @param {number} columns
   */
  function moveIndex(key, index, count, columns) {
    if (!count) return -1;
    if (key === "Home" || (index < 0 && key !== "End")) return 0;
    if (key === "End") return count - 1;
    const steps = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns });
    const next = index + steps[key];
    const isInLastRow = Math.floor(index / columns) === Math.floor((count - 1) / columns);
    if (next >= count) return isInLastRow ? index : count - 1;
    return next < 0 ? index : next;
  }

  /** Return the step to the next (1) or former (-1) group of cards for an arrow at the edge, 0 for none. @param {string} key */
  function chooseGroupStep(key) {
    if (key === "ArrowRight" || key === "ArrowDown") return 1;
    return key === "ArrowLeft" || key === "ArrowUp" ? -1 : 0;
  }

  /**
   * Return the number of cards in a row.
   * @param {number[]} tops where each card begins
   */
  function countColumns(tops) {
    const next = tops.findIndex((top) => Math.abs(top - tops[0]) > 1);
    return next < 1 ? Math.max(tops.length, 1) : next;
  }

  const core = { readKey, moveIndex, chooseGroupStep, countColumns };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
