"""axe-core finds nothing on any page, tab and dialog of the demo: wide, narrow, and in a light theme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sandbox.demo.catalogue import Sizes
from sandbox.demo.past import live_through
from sandbox.demo.town import Town
from scripts.commands.build import make_packages, write_dist
from scripts.commands.serve import plugin_source
from scripts.pictures.walk import PLUGIN_PAGES, walk
from tests.harness.browser import ROOT, open_screen

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
# Ours: the page, or the dialog over it. What Stash draws around is not.
RUN = """async (place) => {
  const found = await axe.run(place, { resultTypes: ["violations"], rules: { "region": { enabled: false } } });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id, html: node.html.slice(0, 160), why: node.failureSummary.split("\\n")[1] })));
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
SET_THEME = "isLight => { document.getElementById('light').media = isLight ? 'all' : 'not all'; }"
ADD_THEME = """addEventListener("DOMContentLoaded", () => document.head.append(
  Object.assign(document.createElement("style"), { id: "light", media: "not all", textContent: `%s` })));"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo with few scenes and its past."""
    folder = tmp_path_factory.mktemp("dist")
    write_dist(make_packages(), folder, known=[])
    with plugin_source(folder) as source, Town(source.url, sizes=Sizes.for_scenes(400)) as town:
        live_through(town)
        yield town


def inspect(page: Page, place: str) -> list[dict[str, Any]]:
    """Return what axe finds in a part of the page."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN, place)
    return found


@pytest.mark.parametrize("plugin", PLUGIN_PAGES)
def test_axe_finds_nothing(plugin: str, town: Town, chromium: Browser) -> None:
    found: dict[str, list[dict[str, Any]]] = {}
    with open_screen(chromium, town.stash) as screen:
        screen.page.add_init_script(ADD_THEME % LIGHT)
        for view in walk(screen.page, screen.url, plugins=(plugin,)):
            for name, width, height, is_light in WINDOWS:
                screen.page.set_viewport_size({"width": width, "height": height})
                screen.page.evaluate(SET_THEME, is_light)
                problems = inspect(screen.page, ".sbk.modal" if view.is_dialog else ".sbk-page")
                if problems:
                    found[f"{view.name} ({name})"] = problems
    assert found == {}, describe(found)


def describe(found: dict[str, list[dict[str, Any]]]) -> str:
    """Return the findings as lines, each kind once."""
    rows = {
        f"{each['rule']}: {each['html']}: {each['why']}": name for name, problems in found.items() for each in problems
    }
    return "\n".join(["", *(f"{name}: {row}" for row, name in rows.items())])
