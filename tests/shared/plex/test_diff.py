"""The differences between an item and its wanted values, and the fields left alone."""

from __future__ import annotations

import pytest

from shared.plex.diff import FILLED, LOCKED, LastWrite, UntouchedField, WantedItem, WritePolicy, diff_item
from shared.plex.edits import ItemEdit, TagEdit
from shared.plex.model import PlexItem, PlexTag, read_item


def item(
    genres: tuple[str, ...] = (), locked: tuple[str, ...] = (), cast: tuple[PlexTag, ...] = (), **fields: str
) -> PlexItem:
    return read_item(
        {
            "ratingKey": "10",
            "Genre": [{"tag": name} for name in genres],
            "Role": [tag._asdict() | {"tag": tag.name} for tag in cast],
            "Field": [{"name": name, "locked": True} for name in locked],
            **fields,
        }
    )


def genres(*names: str) -> dict[str, tuple[PlexTag, ...]]:
    return {"genre": tuple(PlexTag(name) for name in names)}


def test_only_differences_are_written() -> None:
    present = item(title="Same", studio="Old", locked=("title", "studio"))
    wanted = WantedItem({"title": "Same", "studio": "New"})
    assert diff_item(present, wanted, LastWrite({"studio": "Old"})).edit == ItemEdit({"studio": "New"})


def test_an_item_that_is_right_needs_no_edit() -> None:
    present = item(("sun",), ("title", "genre"), title="Same", userRating="8.0")
    wanted = WantedItem({"title": "Same", "userRating": "8"}, genres("sun"))
    assert diff_item(present, wanted).edit.locks == {"userRating": True}
    assert diff_item(present, WantedItem({"title": "Same"}, genres("Sun"))).edit.is_empty


def test_a_right_value_without_a_lock_is_locked_so_that_a_refresh_keeps_it() -> None:
    assert diff_item(item(("sun",), title="Same"), WantedItem({"title": "Same"}, genres("sun"))).edit == ItemEdit(
        locks={"title": True, "genre": True}
    )


@pytest.mark.parametrize("kind", ["thumb", "art"])
def test_a_picture_is_locked_once(kind: str) -> None:
    assert diff_item(item(), WantedItem(locks=(kind,))).edit == ItemEdit(locks={kind: True})
    assert diff_item(item(locked=(kind,)), WantedItem(locks=(kind,))).edit.is_empty


def test_an_empty_value_that_is_empty_already_is_not_locked() -> None:
    assert diff_item(item(), WantedItem({"studio": ""}, {"genre": ()})).edit.is_empty


def test_a_field_a_person_locked_is_kept_and_reported() -> None:
    diff = diff_item(
        item(title="Mine", locked=("title",)), WantedItem({"title": "Other"}), LastWrite({"title": "Earlier"})
    )
    assert (diff.edit, diff.kept) == (ItemEdit(), (UntouchedField("title", LOCKED),))


def test_a_field_we_locked_ourselves_is_written() -> None:
    diff = diff_item(item(title="Ours", locked=("title",)), WantedItem({"title": "New"}), LastWrite({"title": "Ours"}))
    assert diff.edit.fields == {"title": "New"}


def test_tags_whose_lock_is_ours_are_written_though_none_of_them_was() -> None:
    present, wanted = item(("sun",), locked=("genre",)), WantedItem(tags=genres("sun", "sea"))
    assert diff_item(present, wanted).kept == (UntouchedField("genre", LOCKED),)
    assert diff_item(present, wanted, LastWrite(locks={"genre"})).edit.tags["genre"].wanted == (
        PlexTag("sun"),
        PlexTag("sea"),
    )


def test_locks_of_an_earlier_program_can_be_taken_over() -> None:
    diff = diff_item(
        item(title="Old", locked=("title",)), WantedItem({"title": "New"}), policy=WritePolicy(respect_locks=False)
    )
    assert diff.edit.fields == {"title": "New"}


@pytest.mark.parametrize(("present", "fields"), [("", {"studio": "New"}), ("Theirs", {})])
def test_filling_only_touches_what_is_empty(present: str, fields: dict[str, str]) -> None:
    diff = diff_item(item(studio=present), WantedItem({"studio": "New"}), policy=WritePolicy(only_fill=True))
    assert diff.edit.fields == fields
    assert [kept.reason for kept in diff.kept] == ([FILLED] if present else [])


def test_a_drifted_value_without_a_lock_is_written_again() -> None:
    diff = diff_item(item(title="From the net"), WantedItem({"title": "Ours"}), LastWrite({"title": "Ours"}))
    assert diff.edit.fields == {"title": "Ours"}


def test_a_tag_dropped_in_stash_goes_and_a_persons_tag_stays() -> None:
    present = item(("human", "old", "kept"), ("genre",))
    edit = diff_item(present, WantedItem(tags=genres("kept", "new")), LastWrite(tags=genres("old", "kept"))).edit
    assert edit.tags == {"genre": TagEdit((PlexTag("human"), PlexTag("kept"), PlexTag("new")), ("old",))}


def test_dropping_every_tag_removes_ours_by_name() -> None:
    edit = diff_item(item(("human", "old")), WantedItem(tags={"genre": ()}), LastWrite(tags=genres("old"))).edit
    assert edit.tags == {"genre": TagEdit((), ("old",))}


def test_a_tag_that_differs_in_case_only_is_the_same_tag() -> None:
    present = item(("outdoor",), ("genre",))
    assert diff_item(present, WantedItem(tags=genres("Outdoor")), LastWrite(tags=genres("outdoor"))).edit.is_empty


def test_tags_locked_before_we_ever_wrote_are_kept() -> None:
    diff = diff_item(item(("human",), ("genre",)), WantedItem(tags=genres("new")))
    assert (diff.edit, diff.kept) == (ItemEdit(), (UntouchedField("genre", LOCKED),))


def test_filling_only_leaves_a_list_a_person_started() -> None:
    diff = diff_item(item(("human",)), WantedItem(tags=genres("new")), policy=WritePolicy(only_fill=True))
    assert (diff.edit, diff.kept) == (ItemEdit(), (UntouchedField("genre", FILLED),))


ANN, BO = PlexTag("Ann", "", "http://stash/ann.jpg"), PlexTag("Bo")


def test_a_new_order_of_actors_is_written_once() -> None:
    present = item(cast=(ANN, BO), locked=("actor",))
    turned = WantedItem(tags={"actor": (BO, ANN)})
    assert diff_item(present, turned, LastWrite(tags={"actor": (ANN, BO)})).edit.tags["actor"].wanted == (BO, ANN)
    assert diff_item(present, turned, LastWrite(tags={"actor": (BO, ANN)})).edit.is_empty


def test_a_new_photo_is_written_and_one_plex_replaced_is_not_fought_over() -> None:
    present = item(cast=(ANN._replace(thumb="http://net/ann.jpg"),), locked=("actor",))
    wanted = WantedItem(tags={"actor": (ANN,)})
    assert diff_item(present, wanted).kept == (UntouchedField("actor", LOCKED),)
    assert diff_item(present, wanted, LastWrite(tags={"actor": (ANN._replace(thumb="http://old"),)})).edit.tags
    assert diff_item(present, wanted, LastWrite(tags={"actor": (ANN,)})).edit.is_empty
