// What Whisparr does about a scene: which scenes can be searched for, and how reasons and releases read. Pure.
(function (root) {
  "use strict";

  const SEARCHABLE = ["waiting", "stalled", "queued"];
  const ICONS = /** @type {Record<string, string>} */ ({ ok: "faCheckCircle", info: "faInfoCircle", warning: "faExclamationTriangle", problem: "faTimesCircle" });
  const COLORS = /** @type {Record<string, string>} */ ({ ok: "text-success", info: "text-muted", warning: "text-warning", problem: "text-danger" });
  const UNITS = ["B", "KB", "MB", "GB", "TB"];

  /** Return true if Whisparr has the scene and can search for it now. @param {any} status */
  function canSearch(status) {
    return Boolean(status && status.movie_id && SEARCHABLE.includes(status.kind));
  }

  /** Return the arguments of a search in each Whisparr: the scenes, and the numbers that it gave them. @param {any[]} scenes @param {(id: string) => any} statusOf */
  function makeSearchArgs(scenes, statusOf) {
    const parts = /** @type {Record<string, any>} */ ({});
    scenes.forEach(({ id }) => {
      const { whisparr = "", movie_id: number } = statusOf(id);
      const part = (parts[whisparr] = parts[whisparr] || { whisparr, scene_ids: [], known: {} });
      part.scene_ids.push(id);
      part.known[id] = number;
    });
    return Object.values(parts);
  }

  /** Return icon and color of a reason. @param {string} level */
  function chooseReasonLook(level) {
    return { icon: ICONS[level] || ICONS.info, color: COLORS[level] || COLORS.info };
  }

  /** Return a size in bytes for the reader, such as "2.1 GB"; empty for none. @param {number} bytes @param {string} locale */
  function formatBytes(bytes, locale) {
    if (!(bytes > 0)) return "";
    const step = Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), UNITS.length - 1);
    const digits = step < 3 ? 0 : 1;
    return `${(bytes / 1024 ** step).toLocaleString(locale, { maximumFractionDigits: digits })} ${UNITS[step]}`;
  }

  /**
   * Return what a release is, as one line: quality, size, age, seeders, indexer, languages, score.
   * @param {any} release
   * @param {StashBundle.Translate} t
   * @param {string} locale
   */
  function describeRelease(release, t, locale) {
    const days = Math.floor(release.age_hours / 24);
    const parts = [
      release.quality,
      formatBytes(release.size, locale),
      t("release.age", { count: days }),
      release.seeders === null ? "" : t("release.seeders", { count: release.seeders }),
      release.indexer,
      release.languages.join(", "),
      release.score ? t("release.score", { score: release.score }) : "",
    ];
    return parts.filter(Boolean).join(" · ");
  }

  const core = { canSearch, makeSearchArgs, chooseReasonLook, formatBytes, describeRelease };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
