// Keys on the cards: what a key means, and where an arrow leads. Pure.
(function (root) {
  "use strict";

  const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
  // Letters press the button on the card that names them in `aria-keyshortcuts`.
  const PRESSES = ["a", "w", "i", "o", "l"];
  const TYPING = ["TEXTAREA", "SELECT"];
  const PRESSABLE = ["BUTTON", "A", "INPUT", "SUMMARY"];
  const TICKING = ["checkbox", "radio", "button", "submit"];

  /**
   * Whether keys belong to what has the focus: a field somebody types in.
   * @param {{tagName?: string, type?: string, isContentEditable?: boolean} | null} target
   */
  function isTyping(target) {
    if (!target || !target.tagName) return false;
    if (target.isContentEditable || TYPING.includes(target.tagName)) return true;
    return target.tagName === "INPUT" && !TICKING.includes(target.type || "text");
  }

  // What a key means wherever the focus is among the cards; Enter and Space press the button that has it.
  const ANYWHERE = /** @type {Record<string, string>} */ (Object.fromEntries([...MOVES.map((key) => [key, "move"]), ...PRESSES.map((key) => [key, "press"]), ["?", "help"]]));
  const ON_CARDS = /** @type {Record<string, string>} */ ({ Enter: "open", " ": "select" });
  const WITH_SHIFT = [...MOVES, "?", " "];

  /** Whether a key is meant for the browser, another program, or a field. @param {any} event */
  function isForOthers(event) {
    return event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target);
  }

  /**
   * What a key on the cards asks for, or null when it is not ours: with Ctrl, Alt or the command key, while typing, and
   * Enter and Space on buttons, which press these.
   * @param {any} event a keyboard event
   * @returns {{kind: "move" | "press" | "open" | "select" | "help", key: string, isRange: boolean} | null}
   */
  function readKey(event) {
    const { key, shiftKey, target } = event;
    if (isForOthers(event) || (shiftKey && !WITH_SHIFT.includes(key))) return null;
    const isOnButton = PRESSABLE.includes((target && target.tagName) || "");
    const kind = ANYWHERE[key] || (isOnButton ? undefined : ON_CARDS[key]);
    return kind ? { kind: /** @type {any} */ (kind), key, isRange: Boolean(shiftKey) } : null;
  }

  /**
   * The card an arrow leads to; the first one when none was current, the same one at the edges.
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

  /** Which way an arrow that met the edge leaves the cards: to those after (1) or before (-1) them. @param {string} key */
  function leaveBy(key) {
    if (key === "ArrowRight" || key === "ArrowDown") return 1;
    return key === "ArrowLeft" || key === "ArrowUp" ? -1 : 0;
  }

  /**
   * How many cards stand beside each other.
   * @param {number[]} tops where each card begins
   */
  function countColumns(tops) {
    const next = tops.findIndex((top) => Math.abs(top - tops[0]) > 1);
    return next < 1 ? Math.max(tops.length, 1) : next;
  }

  const core = { readKey, moveIndex, leaveBy, countColumns };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
