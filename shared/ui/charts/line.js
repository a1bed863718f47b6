// The line of growth over time, and the ring of completeness.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const BOX = { width: 600, height: 120 };
  const RADIUS = 16;
  const AROUND = 2 * Math.PI * RADIUS;

  /** Show how a figure grew. @param {{title: string, unit: string, points: {label: string, value: number}[]}} props */
  function GrowthLine({ title, unit, points }) {
    const t = kit.useText();
    const number = kit.useNumber();
    const placed = kit.placePoints(points.map((point) => point.value), BOX);
    const path = placed.map((/** @type {any} */ { x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    const [first] = points;
    const last = points[points.length - 1];
    return h(
      kit.ChartFrame,
      { title, heads: [t("chart.day"), unit], rows: points.map(({ label, value }) => [label, value]) },
      h(
        "svg",
        { viewBox: `0 0 ${BOX.width} ${BOX.height}`, preserveAspectRatio: "none", className: "sbk-line" },
        points.length > 1 && h("polygon", { points: `0,${BOX.height} ${path} ${BOX.width},${BOX.height}` }),
        h("polyline", { points: path }),
      ),
      last && h("div", { className: "sbk-axis small text-muted" }, h("span", null, `${first.label}: ${number(first.value)}`), h("span", null, `${last.label}: ${number(last.value)}`)),
    );
  }

  /** Show a share as a ring with its number inside. @param {{share: number, label: string, text?: string}} props share: in percent; text: instead of the number */
  function Ring({ share, label, text = `${share} %` }) {
    const circle = { cx: 20, cy: 20, r: RADIUS, fill: "none", strokeWidth: 5 };
    return h(
      "svg",
      { className: "sbk-ring", viewBox: "0 0 40 40", role: "img", "aria-label": `${label}: ${text}` },
      h("circle", { ...circle, className: "sbk-ring-track" }),
      h("circle", { ...circle, className: share === 100 ? "sbk-ring-full" : "sbk-ring-part", strokeDasharray: `${(AROUND * share) / 100} ${AROUND}`, transform: "rotate(-90 20 20)" }),
      h("text", { x: 20, y: 20, textAnchor: "middle", dominantBaseline: "central", fontSize: 9, fill: "currentColor" }, text),
    );
  }

  Object.assign(kit, { GrowthLine, Ring });
})();
