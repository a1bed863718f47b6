"""Charts, tiles and the start page of the kit: drawn, with their figures as text, and usable at both widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.harness.axe import allow_light_theme, describe, inspect_windows
from tests.harness.browser import Screen

TITLES = ["Completeness", "Coverage", "Sent per day", "Tenths", "Growth"]


@pytest.fixture
def figures(screen: Screen) -> Page:
    """Return the page with one of each chart."""
    allow_light_theme(screen.page)
    page = screen.visit("/plugins/kit-sample/figures")
    expect(page.get_by_role("figure")).to_have_count(len(TITLES))
    return page


def test_axe_finds_nothing_in_charts_tiles_and_the_start_page(figures: Page) -> None:
    found = inspect_windows(figures, ".sbk-page")
    assert found == {}, describe(found)


def test_every_chart_has_its_figures_for_screen_readers(figures: Page) -> None:
    for title in TITLES:
        chart = figures.get_by_role("figure", name=title)
        expect(chart.locator("table, ul").first, title).to_be_attached()


@pytest.mark.window(width=390, height=844)
def test_nothing_is_wider_than_a_phone(screen: Screen, figures: Page) -> None:
    screen.shoot("figures-390")
    assert screen.width_of_content() <= 390


def test_a_tile_leads_to_its_tab(screen: Screen, figures: Page) -> None:
    screen.shoot("figures-1280")
    figures.get_by_role("link", name="Open conflicts").click()
    expect(figures.get_by_role("tab", name="Work")).to_have_attribute("aria-selected", "true")
