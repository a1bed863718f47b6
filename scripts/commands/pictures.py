"""./dev pictures: photograph every page and tab of the demo, wide and narrow, for README and documents."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from sandbox.demo.catalogue import Sizes
from sandbox.demo.past import live_through
from sandbox.demo.town import Town
from scripts.commands.build import build_quietly
from scripts.commands.serve import plugin_source
from scripts.console import Arguments, say
from scripts.pictures.walk import walk
from scripts.places import ROOT
from scripts.setup.browser import find_browser

FOLDER = ROOT / "docs" / "pictures"
WINDOWS = {"wide": (1280, 800), "narrow": (390, 844)}
SCENES = 600  # enough for full pages; the whole demo takes minutes
QUALITY = 70
# The pictures of the row that the window shows have arrived; those beside it are loaded when they are scrolled to.
HAS_ROW = """() => [...document.querySelectorAll('.ms-front img')]
  .every((image) => image.complete || image.getBoundingClientRect().left > innerWidth)"""


def pictures(argv: list[str]) -> int:
    """Start the demo with its past, walk through the pages, and write one picture for each page and width."""
    parser = Arguments(prog="./dev pictures", description="Photograph every page of the demo into docs/pictures.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go (default: docs/pictures)")
    options = parser.parse_args(argv)
    options.folder.mkdir(parents=True, exist_ok=True)
    say("Making up a library and living through its past …")
    with plugin_source(build_quietly()) as source, Town(source.url, sizes=Sizes.for_scenes(SCENES)) as town:
        live_through(town)
        count = photograph(town.stash.url, options.folder)
    say(f"{count} pictures are in {options.folder}.")
    return 0


def photograph(address: str, folder: Path) -> int:
    """Walk through all tabs in one browser for `./dev pictures`, and return the number of pictures."""
    count = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(reduced_motion="reduce", locale="en-US")
        for view in walk(page, address, dialogs=False):
            for window, (width, height) in WINDOWS.items():
                page.set_viewport_size({"width": width, "height": height})
                count += write_picture(page, folder / f"{view.name}-{window}.webp")
            page.set_viewport_size({"width": WINDOWS["wide"][0], "height": WINDOWS["wide"][1]})
        count += photograph_front_page(page, address, folder)
        browser.close()
    return count


def photograph_front_page(page: Page, address: str, folder: Path) -> int:
    """Photograph Stash's own front page with the row of Missing Scenes, and return the number of pictures."""
    page.goto(address)
    row = page.locator(".ms-front")
    expect(row.locator(".ms-front-card").first).to_be_visible()
    count = 0
    for window, (width, height) in WINDOWS.items():
        page.set_viewport_size({"width": width, "height": height})
        row.scroll_into_view_if_needed()
        page.wait_for_function(HAS_ROW)
        count += write_picture(page, folder / f"missing-scenes-front-page-{window}.webp")
    return count


def write_picture(page: Page, file: Path) -> int:
    """Write what the window shows; WebP takes a fifth of PNG."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.save(file, "WEBP", quality=QUALITY, method=6)
    return 1
