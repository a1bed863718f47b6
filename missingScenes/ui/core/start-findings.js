// What the start page says was found and is missing, and the next step. Pure.
(function (root) {
  "use strict";

  /** Return the names of boxes as one text. @param {{name: string}[]} boxes */
  function joinNames(boxes) {
    return boxes.map((box) => box.name).join(", ");
  }

  /** Return what was found, as rows with the keys of their texts. @param {any[]} open boxes with a key @param {number} linked favorites @param {boolean} hasWhisparr */
  function listFound(open, linked, hasWhisparr) {
    return [open.length && { key: "found.boxes", names: joinNames(open) }, linked && { key: "found.favorites", count: linked }, hasWhisparr && { key: "found.whisparr" }].filter(Boolean);
  }

  /** Return what is missing, as rows with the keys of their texts. @param {any[]} boxes @param {{count: number, linked: number}} favorites @param {boolean} hasWhisparr */
  function listLacking(boxes, { count, linked }, hasWhisparr) {
    const keyless = boxes.filter((box) => !box.has_key);
    return [
      !boxes.length && { key: "lacking.boxes" },
      keyless.length && { key: "lacking.keys", names: joinNames(keyless) },
      !count && { key: "lacking.favorites" },
      count > linked && { key: "lacking.links", count: count - linked },
      !hasWhisparr && { key: "lacking.whisparr" },
    ].filter(Boolean);
  }

  /**
   * Return the rows of the start page, and the main step: "boxes", "browse" or "check".
   * @param {any} overview the answer of the operation `overview`
   */
  function readStart({ boxes, favorites, has_whisparr: hasWhisparr }) {
    const open = boxes.filter((/** @type {any} */ box) => box.has_key);
    const { linked } = favorites.performers;
    const step = linked ? "check" : "browse";
    return { found: listFound(open, linked, hasWhisparr), lacking: listLacking(boxes, favorites.performers, hasWhisparr), step: open.length ? step : "boxes" };
  }

  const core = { readStart };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
