// The Overview tab: the next step, the figures of one box as tiles, and two charts.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { useState } = React;
  const MOST_BARS = 8;

  /** Returns the tiles of the links at one box; without its tag list, only the number of links is known. @param {any} figures @param {any} box @param {string} at @param {StashBundle.Translate} t */
  function makeLinkTiles(figures, box, at, t) {
    const list = (/** @type {string} */ view) => `tags?view=${view}&${at}`;
    const share = kit.toPercent(figures.linked, figures.tags);
    const rest = figures.not_compared ? t("tile.similar.some", { count: figures.not_compared }) : t("tile.similar.text", { count: figures.other });
    const linked = { figure: `${share} %`, share, label: t("tile.linked"), text: t("tile.linked.text", { count: figures.linked, total: figures.tags }), tab: list("linked") };
    const unknown = (/** @type {string} */ label, /** @type {string} */ icon, /** @type {string} */ view) => ({ figure: "–", label, icon, text: t("tile.no_list"), tab: list(view) });
    if (!box.fetched_at) return [linked, unknown(t("tile.exact"), "faEquals", "exact"), unknown(t("tile.similar"), "faCodeCompare", "similar"), unknown(t("tile.dead"), "faLinkSlash", "dead")];
    return [
      linked,
      { figure: figures.exact, label: t("tile.exact"), icon: "faEquals", text: t("tile.exact.text"), level: figures.exact ? "success" : "", tab: list("exact") },
      { figure: figures.similar, label: t("tile.similar"), icon: "faCodeCompare", text: rest, tab: list("similar") },
      { figure: figures.dead, label: t("tile.dead"), icon: "faLinkSlash", text: t(figures.dead ? "tile.dead.text" : "tile.dead.none"), level: figures.dead ? "warning" : "", tab: list("dead") },
    ];
  }

  /** Returns the tiles of what scenes lack: the box's tags without a tag here, and the open preview. @param {number | null} unmatched @param {any} plan @param {string} at @param {StashBundle.Translate} t */
  function makeSceneTiles(unmatched, plan, at, t) {
    const isOpen = plan && plan.state === "open";
    return [
      { figure: unmatched === null ? "–" : unmatched, label: t("tile.unmatched"), icon: "faCircleQuestion", text: t(unmatched === null ? "tile.unmatched.unknown" : "tile.unmatched.text"), tab: `unmatched?${at}` },
      { figure: isOpen ? plan.selected : "–", label: t("tile.plan"), icon: "faTags", text: t(isOpen ? "tile.plan.text" : "tile.plan.none"), level: isOpen ? "success" : "", tab: "sync" },
    ];
  }

  /** The tags that the open preview adds to most scenes. @param {{plan: any}} props */
  function PlanChart({ plan }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad(`chart:${plan.plan_id}`, (signal) => ui.operation("sync_tags", { plan_id: plan.plan_id, page: 1, page_size: MOST_BARS }, { signal }));
    if (found.error || !found.data) return h(kit.Pending, { load: found });
    if (!found.data.tags.length) return null;
    const rows = found.data.tags.map((/** @type {any} */ tag) => ({ key: String(tag.id), label: tag.name, value: tag.scenes, text: `+${tag.scenes}`, to: `/tags/${tag.id}` }));
    return h("div", { className: "card tm-chart" }, h(kit.Bars, { title: t("chart.plan"), rows }));
  }

  /** The share of the box's tags that the library has, by category. @param {{box: any}} props */
  function CategoryChart({ box }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad(`chart:${box.endpoint}:${box.fetched_at}`, (signal) => ui.operation("categories", { endpoint: box.endpoint }, { signal }));
    if (found.error || !found.data) return h(kit.Pending, { load: found });
    const sorted = [...found.data.categories].sort((one, other) => other.tags - one.tags).slice(0, MOST_BARS);
    if (!sorted.length) return null;
    const rows = sorted.map((category) => ({ key: category.id, label: category.name, values: [category.linked], total: category.tags }));
    return h("div", { className: "card tm-chart" }, h(kit.StackedBars, { title: t("chart.categories", { box: box.name }), names: [t("chart.yours")], rows }));
  }

  /** Tiles and next step of a box whose tags can be linked. @param {{boxes: any, lists: {task: StashBundle.TaskState, isWaiting: boolean}}} props */
  function LinkOverview({ boxes, lists }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { box, data } = boxes;
    const [round, setRound] = useState(0);
    const at = `box=${encodeURIComponent(box.endpoint)}`;
    const here = data.figures && data.figures.endpoint === box.endpoint && round === 0 ? data.figures : null; // those of the first box came with the boxes
    const ask = async (/** @type {AbortSignal} */ signal) => here || ui.operation("match_figures", { endpoint: box.endpoint }, { signal });
    const found = kit.useLoad(`figures:${box.endpoint}:${box.fetched_at}:${round}`, ask, { keeps: true });
    const done = () => {
      setRound(round + 1);
      boxes.reload();
    };
    return h(
      React.Fragment,
      null,
      found.data || lists.isWaiting || !box.fetched_at ? h(tagging.NextStep, { boxes, figures: found.data, lists, onDone: done }) : h(kit.Skeleton, { className: "card tm-next" }),
      h(kit.TileRow, { label: t("tab.overview"), load: found, count: 6, children: (/** @type {any} */ figures) => [...makeLinkTiles(figures, box, at, t), ...makeSceneTiles(figures.unmatched, data.plan, at, t)] }),
    );
  }

  /** The overview of the chosen box. @param {{boxes: any}} props */
  function BoxOverview({ boxes }) {
    const lists = tagging.useFirstLists(boxes);
    const { box, data } = boxes;
    const hasPlan = data.plan && data.plan.state === "open";
    return h(
      React.Fragment,
      null,
      data.pattern_problems.map((/** @type {string} */ text) => h(kit.Notice, { key: text, level: "warning" }, text)),
      boxes.boxes.length > 1 && h("div", { className: "sbk-filters" }, h(tagging.BoxPicker, { boxes })),
      data.links_need ? h(tagging.NextStep, { boxes, figures: null, lists, onDone: boxes.reload }) : h(LinkOverview, { key: box.endpoint, boxes, lists }),
      h("div", { className: "tm-charts" }, hasPlan && h(PlanChart, { plan: data.plan }), box.fetched_at && !data.links_need && h(CategoryChart, { box })),
    );
  }

  function Overview() {
    const t = kit.useText();
    const boxes = tagging.useBoxes({ figures: true });
    if (boxes.error || !boxes.data) return h(kit.TileRow, { label: t("tab.overview"), load: boxes, count: 6, children: () => [] });
    return boxes.box ? h(BoxOverview, { boxes }) : h(tagging.NoBoxStart, { data: boxes.data });
  }

  Object.assign(tagging, { Overview });
})();
