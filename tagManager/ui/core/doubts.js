// Texts and choices about doubted links of scenes. Pure.
(function (root) {
  "use strict";
  const SURE = 80;
  const LIKELY = 50;

  /** Return how strong a doubt is, for its color and its text. @param {number} score @returns {"strong" | "likely" | "weak"} */
  function rateDoubt(score) {
    if (score >= SURE) return "strong";
    return score >= LIKELY ? "likely" : "weak";
  }

  /**
   * Return the key of a reason's text: of a fingerprint at another record also how near it is.
   * @param {any} reason
   */
  function chooseReasonText(reason) {
    if (reason.code !== "elsewhere") return `doctor.reason.${reason.code}`;
    if (reason.by === "oshash") return "doctor.reason.elsewhere.file";
    return reason.distance ? "doctor.reason.elsewhere.near" : "doctor.reason.elsewhere.video";
  }

  /** Return the fingerprint line of a candidate: what is equal, and how many users say so. @param {any} match @param {StashBundle.Translate} t */
  function describeMatch(match, t) {
    if (!match) return "";
    const votes = match.votes === null ? "" : t("doctor.votes", { count: match.votes });
    const near = match.distance ? t("doctor.bits", { count: match.distance }) : "";
    return [`${match.by} ${match.box_hash}`, near, votes].filter(Boolean).join(" · ");
  }

  /** Return the fingerprints of a local scene as lines. @param {Record<string, string>} hashes */
  function listHashes(hashes) {
    return Object.entries(hashes).map(([by, hash]) => `${by} ${hash}`);
  }

  /** Return the actions that a row offers, the most likely first. @param {any} row */
  function listActions(row) {
    const canSwap = row.holders.length === 1;
    return [canSwap && "swap", row.target && "relink", "choose", "unlink", row.is_right ? "doubt" : "right"].filter(Boolean);
  }

  const core = { rateDoubt, chooseReasonText, describeMatch, listHashes, listActions };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.tagging, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
