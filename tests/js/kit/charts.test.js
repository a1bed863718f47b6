// The charts: what is drawn, and the table or list behind each for screen readers.
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { draw, findNodes, loadKit, readText } = require("../harness/draw.js");
const { loadCore } = require("../harness/shipped.js");

const scale = loadCore("chart-scale");
const kit = loadKit();
const table = (nodes) => findNodes(nodes, (node) => node.tag === "tr").map((row) => findNodes([row], (node) => ["th", "td"].includes(node.tag)).map((cell) => readText([cell])));
const named = (nodes, name) => findNodes(nodes, (node) => String(node.props.className || "").split(" ").includes(name));

test("a scale ends with a round number above all values", () => {
  assert.deepEqual([[], [0], [3], [17], [100], [2400]].map(scale.chooseTop), [1, 1, 5, 20, 100, 2500]);
});

test("only all of them are 100 percent", () => {
  assert.deepEqual([scale.toPercent(999, 1000), scale.toPercent(3, 3), scale.toPercent(1, 0)], [99, 100, 0]);
});

test("days without a count are drawn, too", () => {
  assert.deepEqual(scale.fillDays(["2026-03-01", "2026-02-27"]), ["2026-02-27", "2026-02-28", "2026-03-01"]);
});

test("an outage that lasts reaches to the last day, and one before the first day is left out", () => {
  const outages = [{ since: "2026-03-02T12:00:00Z", until: null }, { since: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z" }];
  assert.deepEqual(scale.placeBands(outages, ["2026-03-01", "2026-03-02"]), [{ from: 0.75, to: 1 }]);
});

test("shares are counted by tenths; 100 belongs to the last one", () => {
  const counts = scale.countTenths([0, 9, 10, 95, 100]);
  assert.deepEqual([counts[0].value, counts[1].value, counts[9].value, counts[9].label], [2, 1, 2, "90–100 %"]);
});

test("a line goes from the left edge to the right one", () => {
  assert.deepEqual(scale.placePoints([0, 10], { width: 100, height: 50 }), [{ x: 0, y: 50 }, { x: 100, y: 0 }]);
});

test("bars are a list with name, number and link", () => {
  const drawn = draw(kit.Bars({ title: "Missing", rows: [{ label: "Ada", value: 1200, to: "/performers/1", picture: null }, { label: "Bea", value: 300 }] }));
  assert.deepEqual(named(drawn, "progress-bar").map((bar) => bar.props.style.width), ["100%", "25%"]);
  assert.match(readText(drawn), /1,200/);
  assert.equal(named(drawn, "sbk-bar-picture").length, 1);
});

test("the bar of a share has a name and a value", () => {
  const [bar] = findNodes(draw(kit.ShareBar({ share: 40, label: "Ada" })), (node) => node.props.role === "progressbar");
  assert.deepEqual([bar.props["aria-label"], bar.props["aria-valuenow"]], ["Ada", 40]);
});

test("columns per day have a table with every day, and a band for an outage", () => {
  const drawn = draw(kit.DayColumns({ title: "Sent", names: ["Sent", "Failed"], days: { "2026-03-01": [5, 1], "2026-03-03": [2, 0] }, outages: [{ since: "2026-03-02T00:00:00Z", until: null }], outageName: "Plex was away" }));
  assert.deepEqual(table(drawn), [["Day", "Sent", "Failed"], ["Mar 1, 2026", "5", "1"], ["Mar 2, 2026", "0", "0"], ["Mar 3, 2026", "2", "0"]]);
  assert.equal(findNodes(drawn, (node) => node.tag === "rect" && node.props.className === "sbk-band").length, 1);
  assert.match(readText(drawn), /Plex was away/);
});

test("a distribution, stacked bars and a line have the same figures in a table", () => {
  const groups = draw(kit.Distribution({ title: "Completeness", unit: "Performers", groups: kit.countTenths([5, 100]) }));
  assert.deepEqual(table(groups)[10], ["90–100 %", "1"]);
  const stacked = draw(kit.StackedBars({ title: "Coverage", names: ["StashDB", "yours"], rows: [{ label: "Country", values: [6, 2], total: 10 }] }));
  assert.deepEqual(table(stacked)[1], ["Country", "6", "2", "10"]);
  assert.deepEqual(named(stacked, "progress-bar").map((bar) => bar.props.style.width), ["60%", "20%"]);
  const line = draw(kit.GrowthLine({ title: "Linked", unit: "Tags", points: [{ label: "January", value: 5 }, { label: "March", value: 9 }] }));
  assert.deepEqual(table(line)[2], ["March", "9"]);
});

test("a ring says its number", () => {
  const [ring] = draw(kit.Ring({ share: 63, label: "In your library" }));
  assert.deepEqual([ring.props["aria-label"], readText([ring])], ["In your library: 63 %", "63 %"]);
});
