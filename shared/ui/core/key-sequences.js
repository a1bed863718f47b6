// Sequences of letters that belong to Stash, such as "g i": a letter of ours within one is Stash's. Pure.
(function (root) {
  "use strict";

  // Stash's library for keys (Mousetrap) forgets the begin of a sequence after a second.
  const SEQUENCE_MS = 1000;

  /** Return true for a letter or sign without Ctrl, Alt or the command key. @param {any} event */
  function isPlainLetter(event) {
    return event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
  }

  /** Return the function that says whether a key belongs to a sequence of Stash's that a letter before it began; it must see every key. */
  function makeSequences() {
    let begunAt = -Infinity;
    /** @type {any} */
    let judged = null;
    let isWithin = false;
    /**
     * @param {any} event a keyboard event; several handlers may ask for the same one
     * @param {boolean} isOurs the key alone is a command of ours
     */
    return (event, isOurs) => {
      if (event === judged) return isWithin;
      judged = event;
      const isLetter = isPlainLetter(event);
      isWithin = isLetter && event.timeStamp - begunAt < SEQUENCE_MS;
      begunAt = isLetter && !isOurs && !isWithin ? event.timeStamp : -Infinity;
      return isWithin;
    };
  }

  const core = { makeSequences };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
