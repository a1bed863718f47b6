"""Edits that are too long for one request: sent in parts, whatever kind of server it is."""

from __future__ import annotations

import pytest

from sandbox.plex.model import PlexMovie as KeptItem
from sandbox.plex.model import TagValue
from sandbox.plex.server import PlexDouble
from shared.plex.client import Plex
from shared.plex.edit_parts import LONGEST_QUERY, divide_edit, limit_tags
from shared.plex.edits import ItemEdit, TagEdit, edit_tags, query_edit
from shared.plex.errors import LineTooLong, NotTaken
from shared.plex.model import PlexTag

NAMES = [f"A rather long name of a tag, number {number:04d}" for number in range(1000)]
TAGS = tuple(map(PlexTag, NAMES))


def list_put_lengths(double: PlexDouble) -> list[int]:
    return [len(request.target) for request in double.server.traffic.requests(method="PUT")]


def test_a_server_that_merges_gets_a_long_list_in_parts_and_each_locks_it(
    plex: Plex, double: PlexDouble, kept: KeptItem
) -> None:
    double.state.options.tag_put = "merge"
    result = plex.apply_edit(plex.read_item("1"), ItemEdit({"title": "New"}, {"genre": TagEdit(TAGS)}))
    assert (kept.tag_names("genre"), kept.title, plex.merges_tags) == (NAMES, "New", True)
    assert [tag.name for tag in result.item.tags["genre"]] == NAMES
    assert len(list_put_lengths(double)) > 2 and max(list_put_lengths(double)) < LONGEST_QUERY
    assert kept.locks == {"title", "genre"}


def test_a_server_that_replaces_gets_the_beginning_of_a_list_that_is_too_long_and_it_is_an_error(
    plex: Plex, kept: KeptItem
) -> None:
    with pytest.raises(NotTaken, match="genre"):
        plex.apply_edit(plex.read_item("1"), ItemEdit(tags={"genre": TagEdit(TAGS)}))
    shown = kept.tag_names("genre")
    assert plex.merges_tags is False and 400 < len(shown) < 1000 and shown == NAMES[: len(shown)]


@pytest.mark.parametrize("tag_put", ["replace", "merge"])
def test_a_list_that_fits_into_one_request_teaches_how_the_server_takes_lists(
    plex: Plex, double: PlexDouble, kept: KeptItem, tag_put: str
) -> None:
    double.state.options.tag_put = tag_put
    fitting = limit_tags("genre", TAGS, (), LONGEST_QUERY)
    plex.apply_edit(plex.read_item("1"), ItemEdit(tags={"genre": TagEdit(fitting)}))
    assert kept.tag_names("genre") == [tag.name for tag in fitting]
    assert (plex.merges_tags, plex.splits_tags) == (tag_put == "merge", False)


@pytest.mark.parametrize("tag_put", ["replace", "merge"])
def test_a_thousand_tags_are_removed_in_parts_and_a_persons_tag_stays(
    plex: Plex, double: PlexDouble, kept: KeptItem, tag_put: str
) -> None:
    double.state.options.tag_put = tag_put
    kept.tags["genre"] = [TagValue(name) for name in (*NAMES, "human")]
    item = plex.read_item("1")
    plex.apply_edit(item, ItemEdit(tags={"genre": edit_tags(item, "genre", (), NAMES)}))
    assert kept.tag_names("genre") == ["human"]
    assert len(list_put_lengths(double)) > 1 and max(list_put_lengths(double)) < LONGEST_QUERY


def test_a_long_summary_keeps_its_room_when_the_tags_have_requests_of_their_own(plex: Plex, kept: KeptItem) -> None:
    fitting = limit_tags("genre", TAGS, (), LONGEST_QUERY)
    result = plex.apply_edit(plex.read_item("1"), ItemEdit({"summary": "x" * 40_000}, {"genre": TagEdit(fitting)}))
    assert (len(kept.fields["summary"]), result.notes) == (40_000, ())


def test_after_a_refusal_the_next_requests_are_half_as_long(plex: Plex, double: PlexDouble, kept: KeptItem) -> None:
    double.state.options.longest_line = 8_000
    edit = ItemEdit(tags={"genre": TagEdit(TAGS[:100])})
    with pytest.raises(LineTooLong, match="The next one is at most half as long"):
        plex.apply_edit(plex.read_item("1"), edit)
    fitting = limit_tags("genre", TAGS[:100], (), plex.longest_query)
    plex.apply_edit(plex.read_item("1"), ItemEdit(tags={"genre": TagEdit(fitting)}))
    assert kept.tag_names("genre") == [tag.name for tag in fitting] and len(fitting) > 20


def test_every_part_fits_states_its_locks_and_nothing_is_lost() -> None:
    edit = ItemEdit(
        {"title": "x", "summary": "y" * 500},
        {"genre": TagEdit(TAGS, ("old",)), "label": TagEdit(TAGS[:2])},
        {"genre": False, "thumb": True},
    )
    parts = divide_edit("1", edit, 9_000, merges=True)
    assert all(len(query_edit("1", part)) <= 9_000 for part in parts)
    assert parts[0] == ItemEdit(edit.fields, {}, {"thumb": True})
    genres = [part for part in parts if "genre" in part.tags]
    assert all(part.locks == {"genre": False} for part in genres)
    assert tuple(tag for part in genres for tag in part.tags["genre"].wanted) == TAGS
    assert [part.tags["genre"].removed for part in genres if part.tags["genre"].removed] == [("old",)]
    assert parts[-1] == ItemEdit({}, {"label": TagEdit(TAGS[:2])}, {})
