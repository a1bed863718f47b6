// What the page works out itself: shares, what needs a person, the table of rules as text, who is chosen. Pure.
(function (root) {
  "use strict";

  const OUTCOMES = ["changed", "unchanged", "skipped", "conflict", "failed"];
  const PLANNED = "planned";

  /** How much of a whole, in percent; only everything is 100. @param {number} count @param {number} total */
  function shareOf(count, total) {
    return total > 0 ? Math.floor((100 * count) / total) : 0;
  }

  /**
   * The fields of a report, the most complete first.
   * @param {{total: number, fields: Record<string, number>, by_source?: Record<string, Record<string, number>>, gaps?: Record<string, Record<string, number>>} | null} part
   */
  function listCoverage(part) {
    if (!part) return [];
    const given = part.by_source || {};
    const gaps = part.gaps || {};
    return Object.entries(part.fields)
      .filter(([field]) => field !== "stash_ids" && field !== "favorite")
      .map(([field, count]) => ({ field, count, share: shareOf(count, part.total), sources: given[field] || {}, gaps: gaps[field] || {} }))
      .sort((one, other) => other.count - one.count || one.field.localeCompare(other.field));
  }

  /**
   * What needs a person, with the tab that helps; nothing that is zero.
   * @param {any} overview
   */
  function listAttention(overview) {
    const { attention, performer, studio, sources } = overview;
    const keyless = sources.filter((/** @type {any} */ one) => one.is_on && !one.has_key).length;
    const rows = [
      { key: "keyless", count: keyless, tab: "setup", level: "danger" },
      { key: "conflict", count: attention.conflict || 0, tab: "conflicts", level: "warning" },
      { key: "duplicate", count: attention.duplicate || 0, tab: "duplicates", level: "warning" },
      { key: "gone", count: attention.gone || 0, tab: "conflicts?show=gone", level: "warning" },
      { key: "plan", count: attention.plan ? 1 : 0, tab: `review?plan=${attention.plan}`, level: "info" },
      { key: "unlinked.performer", count: performer.unlinked, tab: "sync?scope=unlinked&kind=performer", level: "info" },
      { key: "unlinked.studio", count: studio.unlinked, tab: "sync?scope=unlinked&kind=studio", level: "info" },
    ];
    return rows.filter((row) => row.count > 0);
  }

  /** The outcomes of a run or preview that are not zero, and whether they make up what was looked at. @param {Record<string, number>} totals */
  function checkTotals(totals) {
    const rows = [PLANNED, ...OUTCOMES].map((key) => /** @type {[string, number]} */ ([key, totals[key] || 0])).filter(([, count]) => count > 0);
    const sum = rows.reduce((whole, [, count]) => whole + count, 0);
    return { seen: totals.seen || 0, rows, addsUp: sum === (totals.seen || 0) };
  }

  /**
   * Rules per field, "country: ignore, hair_color: TPDB > StashDB", as a map from field to words.
   * @param {unknown} value
   * @returns {Record<string, string[]>}
   */
  function parseRules(value) {
    const rows = Array.isArray(value) ? value : String(value || "").split(/[,\n]/);
    const pairs = rows.map((row) => {
      const at = String(row).indexOf(":");
      const words = at < 0 ? [] : String(row).slice(at + 1).split(">");
      return /** @type {[string, string[]]} */ ([String(row).slice(0, Math.max(at, 0)).trim(), words.map((word) => word.trim()).filter(Boolean)]);
    });
    return Object.fromEntries(pairs.filter(([field, words]) => field && words.length));
  }

  /** The same as text; null when there is none, which is the default. @param {Record<string, string[]>} rules */
  function formatRules(rules) {
    const rows = Object.entries(rules).filter(([, words]) => words.length);
    return rows.length ? rows.map(([field, words]) => `${field}: ${words.join(" > ")}`).join(", ") : null;
  }

  /**
   * The rules with one field changed; its first choice takes it out.
   * @param {Record<string, string[]>} rules
   * @param {string} field
   * @param {string[]} words
   */
  function changeRule(rules, field, words) {
    const kept = Object.entries(rules).filter(([name]) => name !== field);
    return Object.fromEntries(words.length ? [...kept, [field, words]] : kept);
  }

  /**
   * Numbers and addresses of Stash's pages as ids, each once; the rest is handed back.
   * @param {string} text
   */
  function readIds(text) {
    const words = text.split(/[\s,;]+/).filter(Boolean);
    const found = words.map((word) => /^(?:.*\/(?:performers|studios)\/)?(\d+)(?:[/?#].*)?$/.exec(word));
    return {
      ids: [...new Set(found.filter(Boolean).map((match) => /** @type {any} */ (match)[1]))],
      unknown: words.filter((_, index) => !found[index]),
    };
  }

  /** The arguments of an update. @param {{kind: string, scope: string, ids: string[], source: string, isFresh: boolean, isDry: boolean}} choice */
  function makeUpdateArgs({ scope, ids, source, isFresh, isDry }) {
    return {
      ...(isDry && { dry_run: true }),
      ...(isFresh && { fresh: true }),
      ...(source && { source }),
      ...(scope === "favorites" && { favorites: true }),
      ...(scope === "unlinked" && { unlinked: true }),
      ...(scope === "chosen" && { ids: ids.map(Number) }),
    };
  }

  /** All changes of an item of the review, in the order of its fields. @param {any} item */
  function listChanges(item) {
    return item.fields.flatMap((/** @type {any} */ field) => field.changes || []);
  }

  /** Whether all, some or none of these changes are ticked. @param {any[]} changes */
  function describeTicks(changes) {
    const open = changes.filter((change) => change.outcome === PLANNED);
    const count = open.filter((change) => change.selected).length;
    return { open, state: count === 0 ? "none" : count === open.length ? "all" : "some" };
  }

  /** An item with these changes ticked on or off, as it will be. @param {any} item @param {Set<string>} only @param {boolean} isOn */
  function tickChanges(item, only, isOn) {
    const tick = (/** @type {any} */ change) => (only.has(String(change.id)) ? { ...change, selected: isOn } : change);
    return { ...item, fields: item.fields.map((/** @type {any} */ field) => ({ ...field, changes: (field.changes || []).map(tick) })) };
  }

  const core = { shareOf, listCoverage, listAttention, checkTotals, parseRules, formatRules, changeRule, readIds, makeUpdateArgs, listChanges, describeTicks, tickChanges };
  if (root.StashBundleKit) root.StashBundleKit.performers.core = core;
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
