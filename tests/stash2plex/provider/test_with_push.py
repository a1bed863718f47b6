"""The provider and the push at one library of Plex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.plex.agents.asking import read_manifest
from tests.stash2plex.pair import Pair
from tests.stash2plex.provider.bench import send, serve_open_stash

IDENTIFIER = "tv.plex.agents.custom.stash2plex"
BEACH: dict[str, Any] = {
    "studio": "Acme",
    "performers": ["Ann"],
    "tags": ["Outdoor"],
    "date": "2024-05-01",
    "details": "Waves.",
}


@pytest.fixture
def both(pair: Pair) -> Iterator[Pair]:
    """A library of Plex that takes its metadata from the provider, and to which the plugin pushes."""
    with serve_open_stash(pair.plugin.stash.url) as address:
        pair.plex.state.providers[1] = read_manifest(address)
        pair.section.agent = IDENTIFIER
        yield pair


def refresh(pair: Pair, key: int) -> None:
    url = f"{pair.plex.url}/library/metadata/{key}/refresh"
    assert send(url, method="PUT", headers={"X-Plex-Token": pair.plex.token}).status == 200


def test_the_push_finds_the_values_of_the_provider_and_adds_what_the_protocol_has_no_place_for(both: Pair) -> None:
    number, item = both.add_scene_and_item(picture="cover", **BEACH)
    refresh(both, item.rating_key)
    both.forget_requests()
    both.sync(number)
    (edit,) = [each for each in both.list_requests("PUT") if each.parameter("type") == "1"]
    written = {name for name in edit.query if not name.endswith(".locked")} - {"type", "id", "includeExternalMedia"}
    assert written == {"collection[0].tag.tag"}
    assert {"title", "summary", "genre", "actor"} <= item.locks  # the push locks what it is responsible for


def test_a_refresh_after_an_edit_keeps_what_the_push_wrote(both: Pair) -> None:
    number, item = both.add_scene_and_item(picture="cover", **BEACH)
    refresh(both, item.rating_key)
    both.sync(number)
    poster = item.selected_picture("posters")
    both.edit_scene(number, title="Beach night", rating100=80)
    both.sync(number)
    for _ in range(2):
        refresh(both, item.rating_key)
    assert (item.title, item.fields["userRating"], item.tag_names("collection")) == ("Beach night", "8", ["Acme"])
    assert poster is not None and poster.key.startswith("upload://")
    assert item.selected_picture("posters") == poster
    both.forget_requests()
    both.sync(number)
    assert both.list_writes() == []
