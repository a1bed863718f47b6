"""The tests of the Setup tab."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stash2plex.pair import Pair


@pytest.mark.parametrize(
    ("settings", "test", "state"),
    [
        ({}, "plex", "ok"),
        ({}, "libraries", "ok"),
        ({}, "paths", "ok"),
        ({"plex_token": "wrong"}, "plex", "failed"),
        ({"plex_token": "guest-token"}, "plex", "warning"),
        ({"plex_url": None}, "plex", "not_set_up"),
        ({"plex_library": "No such"}, "libraries", "failed"),
    ],
)
def test_setup_tests_report_what_is_wrong(pair: Pair, settings: dict[str, Any], test: str, state: str) -> None:
    pair.change_settings(**settings)
    (result,) = pair.plugin.operation("setup_tests", only=test)["tests"]
    assert result["state"] == state, result


@pytest.mark.parametrize(
    ("where", "state"), [("", "not_set_up"), ("stash", "ok"), ("plex", "failed"), ("page", "warning")]
)
def test_photos_are_fetched_as_plex_would(pair: Pair, where: str, state: str) -> None:
    pair.stock.add_performer("Ann Example", picture="ann")
    if where == "page":
        pair.plugin.stash.server.faults.add("html", path="/performer/")
    addresses = {"stash": pair.plugin.stash.url, "page": pair.plugin.stash.url, "plex": pair.plex.url}
    pair.change_settings(photo_address=addresses.get(where))
    (result,) = pair.plugin.operation("setup_tests", only="photos")["tests"]
    assert result["state"] == state, result
