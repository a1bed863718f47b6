// The tiles of the Overview tab: what is linked and complete, and what waits for a person. Pure.
(function (root) {
  "use strict";

  /** Return a share in percent, rounded down, so that only all of them are 100. @param {number} count @param {number} total */
  const toPercent = (count, total) => (total > 0 ? Math.floor((100 * count) / total) : 0);

  /** Return the mean completeness of all fields in percent, null without a report. @param {any} part a kind in the report */
  function averageFields(part) {
    const counts = part ? Object.entries(part.fields).filter(([field]) => field !== "stash_ids" && field !== "favorite") : [];
    if (!counts.length || !part.total) return null;
    return toPercent(counts.reduce((sum, [, count]) => sum + Number(count), 0), counts.length * part.total);
  }

  /** @param {any} part @param {string} kind */
  function describeLinks({ linked, total, unlinked }, kind) {
    const shared = { figure: `${toPercent(linked, total)} %`, share: toPercent(linked, total), values: { linked, total } };
    return unlinked ? { ...shared, tab: `sync?scope=unlinked&kind=${kind}` } : { ...shared, to: `/${kind}s` };
  }

  /** @param {{plan_id: string, items: number} | null} plan */
  function describePlan(plan) {
    return { figure: plan ? plan.items : 0, tab: plan ? `review?plan=${plan.plan_id}` : "review", level: "info", isShown: Boolean(plan) };
  }

  /**
   * Return the tiles that an overview makes: the name of each, its figure, and the place that it leads to. Open work is marked by a level.
   * @param {any} overview
   * @returns {{key: string, figure: any, tab?: string, to?: string, level?: string, share?: number, values?: any, note?: string}[]} note: the key of the text below the figure
   */
  function listTiles({ attention, performer, studio, scene, sources, report }) {
    const keyless = sources.filter((/** @type {any} */ one) => one.is_on && !one.has_key).length;
    const complete = averageFields(report && report.performer);
    const level = (/** @type {number} */ count) => (count ? "warning" : "success");
    const tiles = [
      { key: "keyless", figure: keyless, tab: "setup", level: "danger", isShown: keyless > 0 },
      { key: "waiting.performer", ...describePlan(attention.waiting.performer) },
      { key: "waiting.studio", ...describePlan(attention.waiting.studio) },
      { key: "waiting.scene", ...describePlan(attention.waiting.scene) },
      { key: "conflict", figure: attention.conflict, tab: "conflicts", level: level(attention.conflict), isShown: true },
      { key: "duplicate", tab: "duplicates", ...(attention.duplicates_at ? { figure: attention.duplicate, level: level(attention.duplicate) } : { figure: "–", note: "duplicate.never" }), isShown: true },
      { key: "gone", figure: attention.gone, tab: "conflicts?show=gone", level: "warning", isShown: attention.gone > 0 },
      { key: "linked.performer", ...describeLinks(performer, "performer"), isShown: performer.total > 0 },
      { key: "linked.studio", ...describeLinks(studio, "studio"), isShown: studio.total > 0 },
      { key: "linked.scene", ...describeLinks(scene, "scene"), tab: undefined, to: "/scenes", isShown: scene.linked > 0 },
      { key: "complete", figure: `${complete} %`, share: complete === null ? 0 : complete, tab: "report", isShown: complete !== null },
    ];
    return tiles.filter((tile) => tile.isShown).map(({ isShown: _, ...tile }) => tile);
  }

  const STEPS = ["keyless", "waiting.performer", "waiting.studio", "waiting.scene", "conflict", "duplicate", "gone"];

  /**
   * Return the one thing that a person does next: first what keeps updates away, then what waits for a decision; null if nothing waits.
   * @param {any} overview
   * @returns {{key: string, figure: any, tab?: string} | null}
   */
  function chooseNextStep(overview) {
    const tiles = listTiles(overview);
    const open = STEPS.map((key) => tiles.find((tile) => tile.key === key && tile.figure > 0)).find(Boolean);
    return open ? { key: open.key, figure: open.figure, tab: open.tab } : null;
  }

  const core = { listTiles, chooseNextStep };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
