"""Operations that list and choose libraries."""

from __future__ import annotations

from plexsync.server.libraries import CHOSEN

from tests.stash2plex.pair import Pair


def test_libraries_are_listed_with_what_to_enter_for_each(pair: Pair) -> None:
    pair.plex.state.add_section("Videos", "/more")
    pair.plex.state.add_section("Music", "/music", kind="artist")
    rows = pair.plugin.operation("libraries_list")["libraries"]
    assert [(row["name"], row["chosen"]) for row in rows] == [("Videos [1]", True), ("Videos [2]", True)]


def test_the_list_of_libraries_says_how_many_items_were_read(pair: Pair) -> None:
    (before,) = pair.plugin.operation("libraries_list")["libraries"]
    pair.add_item()
    pair.plugin.operation("paths_measure")
    (after,) = pair.plugin.operation("libraries_list")["libraries"]
    assert (before["items"], after["items"]) == (None, 1)


def test_listing_libraries_saves_nothing_and_connecting_saves_the_choice(pair: Pair) -> None:
    pair.change_settings(plex_library="Videos")
    (shown,) = pair.plugin.operation("libraries_list")["libraries"]
    assert (shown["chosen"], pair.store.kv.get(CHOSEN, object)) == (True, None)
    pair.plugin.operation("paths_show")
    assert pair.store.kv.get(CHOSEN, object) == {"setting": "Videos", "ids": [shown["id"]]}
