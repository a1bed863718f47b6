"""Stash2Plex in a real browser: the live queue, and what a person does to it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.plexpage import PlexScreen, plex_screen
from tests.harness.browser import calls_of, wait_for
from tests.stash2plex.conftest import pair, plugin_folder

__all__ = ["pair", "plex_screen", "plugin_folder"]
