"""axe-core and the width of a page in the browser tests, and a light theme as the community has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

from tests.harness.browser import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
# Ours: the page, or the dialog over it. What Stash draws around is not.
RUN = """async ([place, rules]) => {
  const only = rules.length ? { runOnly: rules } : { rules: { "region": { enabled: false } } };
  const found = await axe.run(place, { resultTypes: ["violations"], ...only });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id, html: node.html.slice(0, 160), why: node.failureSummary.split("\\n")[1] })));
}"""
MEASURE = """width => {
  const parts = [...document.querySelectorAll(".sbk *")];
  const reaching = parts.find((each) => each.getBoundingClientRect().right > width + 1);
  return [document.documentElement.scrollWidth, reaching ? reaching.outerHTML.slice(0, 160) : ""];
}"""
# A theme as the community has them: dark text on light ground, through Stash's own classes.
LIGHT = """
  body, .modal-content, .card, .sbk-page { background-color: #f5f8fa; color: #182026; }
  .setting-section .card, .card, .modal-content, .popover { background-color: #e9eef2; }
  .text-muted, .sub-heading { color: #4a5560 !important; }
  a, .btn-link, .btn-link:hover { color: #0b5c94; }
  .nav-tabs .nav-link { color: #182026; }
  .nav-tabs .nav-link.active { color: #0b5c94; }
  .btn-secondary { background-color: #d3dbe2; border-color: #b6c2cc; color: #182026; }
  .minimal, .btn.minimal, a.minimal { color: #182026; }
  .text-input, .input-control, .form-control { background-color: #fff; color: #182026; }
  .table { color: #182026; }
"""
WINDOWS = (("wide", 1280, 800, False), ("narrow", 390, 844, False), ("light", 1280, 800, True))
# The only rules that read colors: a light theme changes nothing else.
COLOR_RULES = ("color-contrast", "link-in-text-block")
SET_THEME = "isLight => { document.getElementById('light').media = isLight ? 'all' : 'not all'; }"
ADD_THEME = """addEventListener("DOMContentLoaded", () => document.head.append(
  Object.assign(document.createElement("style"), { id: "light", media: "not all", textContent: `%s` })));"""


def allow_light_theme(page: Page) -> None:
    """Give the pages that are opened from now on the light theme, switched off; `inspect_windows` switches it on."""
    page.add_init_script(ADD_THEME % LIGHT)


def inspect_windows(page: Page, place: str) -> dict[str, list[dict[str, Any]]]:
    """Return what axe finds in a part of the page, by the name of the window: wide, narrow, and in a light theme."""
    found = {}
    for name, width, height, is_light in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SET_THEME, is_light)
        found[name] = [*inspect(page, place, COLOR_RULES if is_light else ()), *find_overflow(page, width)]
    return {name: problems for name, problems in found.items() if problems}


def inspect(page: Page, place: str, rules: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return what axe finds in a part of the page, by all rules or by these."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN, [place, list(rules)])
    return found


def find_overflow(page: Page, width: int) -> list[dict[str, Any]]:
    """Return a finding if the page scrolls sideways in a window of this width, with the first part that reaches out."""
    content, part = page.evaluate(MEASURE, width)
    return [{"rule": "page-width", "html": part, "why": f"{content} of {width} pixels"}] if content > width else []


def describe(found: dict[str, list[dict[str, Any]]]) -> str:
    """Return the findings as lines, each kind once."""
    rows = {
        f"{each['rule']}: {each['html']}: {each['why']}": name for name, problems in found.items() for each in problems
    }
    return "\n".join(["", *(f"{name}: {row}" for row, name in rows.items())])
