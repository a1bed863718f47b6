"""The contents of an edit, and its query string."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote

import pytest

from shared.plex.edit_parts import split_edit
from shared.plex.edits import (
    ItemEdit,
    TagEdit,
    edit_tags,
    find_missing_edits,
    find_reformatted_fields,
    query_edit,
)
from shared.plex.model import PlexItem, PlexTag, read_item


def item(*genres: str, **fields: str) -> PlexItem:
    return read_item({"ratingKey": "10", "type": "movie", "Genre": [{"tag": name} for name in genres], **fields})


def query(edit: ItemEdit) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query_edit("10", edit), keep_blank_values=True).items()}


def test_a_field_is_sent_with_its_lock() -> None:
    sent = query(ItemEdit({"title": "Пляж & море"}))
    assert sent == {"type": "1", "id": "10", "title.value": "Пляж & море", "title.locked": "1"}


def test_undoing_an_edit_gives_the_lock_back() -> None:
    sent = query(ItemEdit({"title": "old"}, locks={"title": False, "thumb": False}))
    assert (sent["title.locked"], sent["thumb.locked"]) == ("0", "0")


def test_clearing_sends_an_empty_value() -> None:
    assert query(ItemEdit({"studio": ""}))["studio.value"] == ""


@pytest.mark.parametrize("key", ["", "1,2", "../3", "*"])
def test_an_edit_without_one_plain_id_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="one item"):
        query_edit(key, ItemEdit({"title": "x"}))


def test_actors_carry_role_and_photo_in_order() -> None:
    cast = TagEdit((PlexTag("Ann Example", "Host", "http://stash/1.jpg"), PlexTag("Bo Sample")))
    sent = query(ItemEdit(tags={"actor": cast}))
    assert sent["actor[0].tag.tag"] == "Ann Example"
    assert sent["actor[0].tagging.text"] == "Host"
    assert sent["actor[0].tag.thumb"] == "http://stash/1.jpg"
    assert sent["actor[1].tag.tag"] == "Bo Sample"


def test_a_comma_in_a_removed_name_is_no_separator() -> None:
    value = query(ItemEdit(tags={"genre": TagEdit((), ("sun, sea", "100%"))}))["genre[].tag.tag-"]
    assert [unquote(name) for name in value.split(",")] == ["sun, sea", "100%"]


def test_adding_tags_keeps_the_others_where_they_are() -> None:
    edit = edit_tags(item("human", "Ours"), "genre", [PlexTag("new"), PlexTag("ours")], ["gone"])
    assert edit == TagEdit((PlexTag("human"), PlexTag("Ours"), PlexTag("new")), ())


def test_removing_tags_names_them_as_plex_spells_them() -> None:
    assert edit_tags(item("human", "Old"), "genre", [], ["old", "never there"]) == TagEdit((), ("Old",))


def test_actors_come_in_our_order_before_the_others() -> None:
    cast = read_item({"ratingKey": "10", "Role": [{"tag": "Human"}, {"tag": "Ann"}]})
    edit = edit_tags(cast, "actor", [PlexTag("Bo"), PlexTag("Ann", "Host")])
    assert edit.wanted == (PlexTag("Bo"), PlexTag("Ann", "Host"), PlexTag("Human"))


@pytest.mark.parametrize(
    ("present", "left"),
    [
        (("new", "human"), ItemEdit()),
        (("new", "human", "old"), ItemEdit(tags={"genre": TagEdit((), ("old",))})),
        (("human",), ItemEdit(tags={"genre": TagEdit((PlexTag("human"), PlexTag("new")), ())})),
    ],
)
def test_what_a_server_did_not_take_is_found_by_reading_back(present: tuple[str, ...], left: ItemEdit) -> None:
    sent = ItemEdit({"title": "x"}, {"genre": TagEdit((PlexTag("human"), PlexTag("new")), ("old",))})
    assert find_missing_edits(sent, item(*present)) == left


def test_a_split_edit_never_sets_and_removes_in_one_request() -> None:
    both = TagEdit((PlexTag("new"),), ("old",))
    assert split_edit(ItemEdit({"title": "x"}, {"genre": both})) == [
        ItemEdit(tags={"genre": TagEdit((), ("old",))}),
        ItemEdit({"title": "x"}, {"genre": TagEdit((PlexTag("new"),))}),
    ]


def test_fields_the_server_wrote_its_own_way_are_named() -> None:
    sent = ItemEdit({"title": "Beach  day", "userRating": "8.0"})
    assert find_reformatted_fields(sent, item(title="Beach day", userRating="8")) == ["title"]
