"""The provider and the push at one library of Plex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.plex.agents.asking import read_manifest
from sandbox.plex.model import TagValue
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
    assert item.locks == {"collection", "thumb", "art"}


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


def test_what_the_provider_brought_is_cleared_and_removed_by_the_push_without_a_lock(both: Pair) -> None:
    number, item = both.add_scene_and_item(**BEACH)
    refresh(both, item.rating_key)
    both.edit_scene(number, details="", tags=["Indoor"], performers=["Bea"])
    both.sync(number)
    shown = (item.fields.get("summary", ""), item.tag_names("genre"), item.tag_names("actor"))
    assert shown == ("", ["Indoor"], ["Bea"])
    assert item.locks == {"collection"}
    for note in (None, {"force": True}):
        both.sync(number, note=note)
        assert item.locks == {"collection"}


def test_the_push_takes_its_locks_off_when_a_library_changes_to_the_provider_and_back(both: Pair) -> None:
    both.section.agent = "tv.plex.agents.movie"
    number, item = both.add_scene_and_item(**BEACH)
    both.sync(number)
    before = set(item.locks)
    assert {"title", "genre", "collection"} <= before
    both.section.agent = IDENTIFIER
    both.sync(number)
    assert item.locks == before  # Plex has not asked the provider for this item yet
    refresh(both, item.rating_key)
    both.sync(number)
    assert item.locks == {"collection"}
    both.edit_scene(number, title="Beach night")
    refresh(both, item.rating_key)
    assert item.title == "Beach night"
    both.section.agent = "tv.plex.agents.movie"
    both.sync(number)
    assert item.locks == before


def test_the_push_leaves_locks_over_a_person_s_values_in_a_library_of_the_provider(both: Pair) -> None:
    both.section.agent = "tv.plex.agents.movie"
    number, item = both.add_scene_and_item(**BEACH)
    both.sync(number)
    both.section.agent = IDENTIFIER
    refresh(both, item.rating_key)
    item.fields["summary"] = "My own words."
    item.tags["genre"].append(TagValue("Mine"))
    both.sync(number)
    refresh(both, item.rating_key)
    assert (item.fields["summary"], item.tag_names("genre")) == ("My own words.", ["Outdoor", "Mine"])
    assert item.locks == {"collection", "summary", "genre"}


def test_an_item_that_the_provider_matched_with_another_scene_is_locked_as_always(both: Pair) -> None:
    number, item = both.add_scene_and_item(**BEACH)
    other = both.add_scene("Other", "/elsewhere/other.mp4")
    refresh(both, item.rating_key)
    item.guid = f"{IDENTIFIER}://movie/scene-{other}"
    both.edit_scene(number, title="Beach night")
    both.sync(number)
    assert {"title", "summary", "genre"} <= item.locks


def test_the_list_of_libraries_says_which_one_asks_the_provider(both: Pair) -> None:
    both.plex.state.add_section("Clips", "/clips")
    rows = both.plugin.operation("libraries_list")["libraries"]
    assert {row["title"]: row["asks_provider"] for row in rows} == {"Videos": True, "Clips": False}
