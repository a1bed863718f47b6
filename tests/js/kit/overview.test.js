// Tiles and the start page.
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { draw, findNodes, loadKit, readText } = require("../harness/draw.js");

const kit = loadKit();
const load = (data) => ({ data, error: null, isLoading: data === undefined });
const tiles = (data) => draw(kit.TileRow({ label: "Figures", load: load(data), count: 3, children: ({ open }) => [{ figure: open, label: "Open", tab: "review", level: "warning", text: "to review" }, false] }));

test("a tile is a link to its tab, with figure, name and state", () => {
  const [link] = findNodes(tiles({ open: 1200 }), (node) => Boolean(node.props.to));
  assert.deepEqual([link.props.to, readText([link])], ["/plugins/sample/review", "Open1,200to review"]);
});

test("tiles keep their places while they are loading", () => {
  assert.equal(findNodes(tiles(undefined), (node) => String(node.props.className).includes("sbk-skeleton")).length, 3);
});

test("the start page names what was found, what is missing, and has one button", () => {
  const page = draw(kit.StartPage({ title: "Start", found: [{ label: "StashDB" }], missing: [{ label: "Whisparr", text: "not set up" }], children: "Set up" }));
  assert.equal(readText(page), "StartFoundStashDBMissingWhisparr not set upSet up");
});

test("a tile with a share is a ring", () => {
  const [ring] = findNodes(draw(kit.Tile({ figure: "63 %", label: "Complete", share: 63 })), (node) => node.tag === "svg");
  assert.equal(ring.props["aria-label"], "Complete: 63 %");
});
