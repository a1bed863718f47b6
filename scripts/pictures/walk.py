"""A walk through every page of the plugins: each tab, its dialogs, and the dialogs on Stash's own pages.

for view in walk(page, "http://127.0.0.1:9980"):    # the page shows what view.name names
    page.screenshot(path=f"{view.name}.png")

The tabs are read from the pages, so a new tab is walked through without a change here. What a tab shows only for
another choice is in `CHOICES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

PLUGIN_PAGES = ("missing-scenes", "tag-manager", "stash2plex", "performer-site-sync")
ENTITY_PAGES = ("performers/1", "studios/1", "tags/1", "scenes/1")
# Nothing of ours is loading, and every picture in the window has arrived.
IS_SETTLED = """() => {
  if (document.querySelector('.sbk .sbk-loading, .sbk [aria-busy="true"], .sbk .sbk-skeleton')) return false;
  return [...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight);
}"""
OPENERS = re.compile(r"…\s*$")
CHOOSES_FILE = ":has(+ input[type=file])"  # opens the browser's own dialog
MOST_DIALOGS = 6  # of one tab: a list has the same button in every row
LONGEST_WAIT = 30_000


class PageView(NamedTuple):
    """A place in the browser: a tab (`missing-scenes-wanted`) or a dialog (`missing-scenes-wanted-dialog-1`)."""

    name: str
    is_dialog: bool


class TabChoice(NamedTuple):
    """A tab as its address chooses it, and the button to press there."""

    name: str
    path: str
    opens: str = ""
    is_dialog: bool = False


CHOICES = (
    TabChoice("missing-scenes-rules", "missing-scenes/following", ".ms-followed .btn", True),
    TabChoice("missing-scenes-state", "missing-scenes/wanted", "[aria-keyshortcuts=y]", True),
    TabChoice("performer-site-sync-sync-scenes", "performer-site-sync/sync?kind=scene"),
    TabChoice("performer-site-sync-review-scenes", "performer-site-sync/review?kind=scene", ".sbk-plan-toggle"),
)


def walk(
    page: Page, address: str, *, plugins: tuple[str, ...] = PLUGIN_PAGES, dialogs: bool = True
) -> Iterator[PageView]:
    """Open each tab and choice, with its dialogs, and yield when it is ready; the pictures and the axe test use it."""
    for plugin in plugins:
        page.goto(f"{address}/plugins/{plugin}")
        tabs = page.locator(".sbk-tabs .nav-link")
        expect(tabs.first).to_be_visible()
        for number in range(tabs.count()):
            tabs.nth(number).click()
            settle(page)
            view = PageView(f"{plugin}-{name_tab(page, plugin, number)}", False)
            yield view
            if dialogs:
                yield from walk_dialogs(page, view.name, page.locator(".sbk-page"))
        yield from walk_choices(page, address, plugin)


def walk_choices(page: Page, address: str, plugin: str) -> Iterator[PageView]:
    """Open the tabs of a plugin that its addresses choose, for `walk`."""
    for choice in CHOICES:
        if choice.path.startswith(f"{plugin}/"):
            page.goto(f"{address}/plugins/{choice.path}")
            expect(page.locator(".sbk-tabs .nav-link").first).to_be_visible()
            settle(page)
            if choice.opens:
                page.locator(choice.opens).first.click()
                settle(page)
            yield PageView(choice.name, choice.is_dialog)


def walk_entities(page: Page, address: str) -> Iterator[PageView]:
    """Open the dialogs of our buttons on pages of a performer, a studio, a tag and a scene."""
    for path in ENTITY_PAGES:
        page.goto(f"{address}/{path}")
        buttons = page.locator(".sbk-row > .btn")
        expect(buttons.first).to_be_visible()
        for number in range(buttons.count()):
            buttons.nth(number).click()
            ours = page.locator(".sbk-page")
            expect(ours.or_(page.locator(".sbk.modal")).first).to_be_visible()
            if ours.count():  # this button leads to a page
                break
            yield from show_dialog(page, f"{path.split('/')[0]}-dialog-{number + 1}")


def walk_dialogs(page: Page, name: str, place: Locator) -> Iterator[PageView]:
    """Open each dialog of the tab once; a button whose text was pressed before is left out."""
    known: set[str] = set()
    openers = place.get_by_role("button", name=OPENERS).and_(place.locator(f"button:not({CHOOSES_FILE})"))
    buttons = openers.or_(place.locator("button.sbk-card-link:not([tabindex])"))
    for number in range(buttons.count()):
        button = buttons.nth(number)
        text = "card" if "sbk-card-link" in (button.get_attribute("class") or "") else button.inner_text().strip()
        if text in known or len(known) == MOST_DIALOGS or button.is_disabled():
            continue
        known.add(text)
        button.click()
        yield from show_dialog(page, f"{name}-dialog-{len(known)}")


def show_dialog(page: Page, name: str) -> Iterator[PageView]:
    """Wait for the dialog, yield, and close it."""
    dialog = page.locator(".sbk.modal")
    expect(dialog, f"{name}: a button with … or a card opens a dialog").to_be_visible(timeout=LONGEST_WAIT)
    settle(page)
    yield PageView(name, True)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def name_tab(page: Page, plugin: str, number: int) -> str:
    """Return the last part of the open tab's address, for the name of its view; "start" for the first tab."""
    path = page.url.split("?")[0].rstrip("/").rpartition("/")[2]
    return path if number and path != plugin else "start"


def settle(page: Page) -> None:
    """Wait until nothing on the page is loading; `walk`, `walk_choices` and `show_dialog` call it."""
    page.wait_for_function(IS_SETTLED, timeout=LONGEST_WAIT)
