"""A real browser on the sandbox's Stash with the web shell.

with start_chromium() as chromium:
    with open_screen(chromium, stash, width=360) as screen:
        screen.visit("/performers/1"); screen.page is Playwright's page

Whatever the page writes to the console as an error or a warning of React fails the test when the screen closes.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect, sync_playwright

from sandbox.stash.server import SandboxStash
from scripts.setup.browser import find_browser

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60_000  # milliseconds; only a failing test waits that long, a busy machine needs it
# The address bar's suggestions are a page of their own in every window, which costs more than most tests do.
# Naming features replaces Playwright's own list, so that is repeated here.
NOT_NEEDED = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch"
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={NOT_NEEDED}",
]
SHOTS = os.environ.get("SCREENSHOTS", "")
# The second: Apollo's own hooks, which stop listening a moment after their component is gone; the shell uses them
# (their code is in /assets/), and two components of the kit.
USING_APOLLO = r"[^\n]*/assets/|(DataWatcher|VersionNotice) "
LATE = rf"on an unmounted component[^\n]*\n\s+at ({USING_APOLLO})"
NOISE = re.compile(rf"Download the React DevTools|VIDEOJS: WARN|Screen Wake Lock|{LATE}")


class HasAddress(Protocol):
    """The sandbox's Stash, or a real one."""

    @property
    def url(self) -> str:
        """Return the address of Stash's interface, without a trailing slash."""


class Screen:
    """One browser window on one Stash, and what it complained about."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        self.expected: list[re.Pattern[str]] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def visit(self, path: str) -> Page:
        """Open an address inside Stash, as after typing it, and wait until the application is there."""
        self.page.goto(f"{self.url}{path}")
        self.page.wait_for_selector(".main", state="attached")
        return self.page

    def go(self, path: str) -> Page:
        """Follow a link inside the application, without a reload."""
        self.page.evaluate(GO, path)
        return self.page

    def expect_complaint(self, pattern: str) -> None:
        """This complaint is what the test provokes."""
        self.expected.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """Complaints nobody announced."""
        return [text for text in self.complaints if not any(known.search(text) for known in self.expected)]

    def shoot(self, name: str) -> None:
        """Keep a picture when the variable SCREENSHOTS names a folder."""
        if SHOTS:
            self.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)

    def width_of_content(self) -> int:
        """Return the width of the page's content; more than the window means scrolling sideways."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth")
        return width

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not NOISE.search(message.text):
            self.complaints.append(f"{message.type}: {message.text}")


# React Router listens to the browser's history; this is what a click on a link does to it.
GO = """path => {
  const base = new URL(document.baseURI).pathname.replace(/\\/$/, "");
  window.history.pushState({ key: Math.random().toString(36).slice(2) }, "", base + path);
  window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
}"""


@contextlib.contextmanager
def start_chromium() -> Iterator[Browser]:
    """Chromium for a whole test session; each test gets its own context."""
    path = find_browser()
    assert path, "no Chromium here: run ./dev test once, or name one in the variable CHROMIUM"
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as cache:
        browser = playwright.chromium.launch(
            executable_path=path, args=FLAGS, env={**os.environ, "XDG_CACHE_HOME": cache}
        )
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def open_screen(
    browser: Browser,
    stash: HasAddress,
    *,
    width: int = 1280,
    height: int = 800,
    known: Sequence[str] = (),
    **options: Any,
) -> Iterator[Screen]:
    """A new window; fails on leaving when the page complained. `known` are addresses of other doubles it may ask."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce", **options
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    host = urlsplit(stash.url)
    block_outside(context, (f"{host.scheme}://{host.netloc}", *known))
    screen = Screen(context.new_page(), stash.url)
    try:
        yield screen
    finally:
        with contextlib.suppress(Error):
            context.close()
    assert not screen.unexpected(), "the page complained:\n" + "\n".join(screen.unexpected())


def block_outside(context: BrowserContext, known: Sequence[str]) -> None:
    """Answer requests to other hosts with nothing, so that tests stay on this machine."""
    # Playwright compares a pattern by itself; each request would be sent here and back for a function.
    outside = re.compile(rf"^http(?!{'|'.join(re.escape(url.removeprefix('http')) for url in known)})")
    context.route(outside, lambda route: route.fulfill(status=204, body=""))


def wait_for(condition: Callable[[], bool], page: Page, seconds: float = 60.0) -> None:
    """Let the page work until a condition outside of it holds."""
    for _ in range(int(seconds * 50)):
        if condition():
            return
        page.wait_for_timeout(20)
    raise TimeoutError("it did not happen in time")


def calls_of(stash: SandboxStash, operation: str) -> list[dict[str, Any]]:
    """The arguments of every call of a plugin's operation, oldest first."""
    asked = [request.json()["variables"] for request in stash.server.traffic.requests("runPluginOperation")]
    return [given["args"] for given in asked if given["args"]["operation"] == operation]
