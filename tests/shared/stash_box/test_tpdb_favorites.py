"""TPDB's favorites over REST: listed whole, set by integer ids, and never guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from shared.errors import AuthRejected, BadReply
from shared.stash_box import NotOffered
from shared.stash_box.tpdb.favorites import RestFavorites
from tests.shared.stash_box.conftest import Connect

META = {"total": 1, "last_page": 1}
ROW = {"id": "8d0a", "_id": 7, "name": "Ann"}


@pytest.fixture
def favorites(tpdb: Tpdb, connect: Connect) -> RestFavorites:
    return connect(tpdb).rest_favorites


def test_all_pages_are_read(world: World, tpdb: Tpdb, favorites: RestFavorites) -> None:
    people = {world.add_performer(f"P{each}").id for each in range(250)}
    world.accounts[tpdb.key].performers |= people
    assert (set(favorites.read("performer")), len(tpdb.rest.traffic.requests())) == (people, 3)
    assert favorites.count("performer") == 250


@pytest.mark.parametrize("kind", ["performer", "studio"])
def test_marks_are_set_and_taken_off_and_what_is_right_stays(
    world: World, tpdb: Tpdb, favorites: RestFavorites, kind: str
) -> None:
    add = world.add_performer if kind == "performer" else world.add_studio
    liked = getattr(world.accounts[tpdb.key], f"{kind}s")
    first, second, third = (add(name).id for name in ("A", "B", "C"))
    liked |= {first, second}
    assert favorites.set(kind, {first: True, second: False, third: True}) == {first: None, second: None, third: None}
    assert liked == {first, third}


def test_a_favorite_whose_reply_was_lost_counts_once_the_list_shows_it(
    world: World, tpdb: Tpdb, favorites: RestFavorites
) -> None:
    ann = world.add_performer("Ann").id
    tpdb.rest.faults.add("lost_reply", method="POST", times=1)
    with pytest.raises(Exception, match="favorite"):
        favorites.set("performer", {ann: True})
    assert (favorites.set("performer", {ann: True}), len(favorites.read("performer"))) == ({ann: None}, 1)


def test_a_mark_that_is_not_kept_is_an_error(world: World, tpdb: Tpdb, favorites: RestFavorites) -> None:
    ann = world.add_performer("Ann").id
    tpdb.rest.faults.add("answer", method="POST", content="{}", content_type="application/json")
    assert isinstance(favorites.set("performer", {ann: True})[ann], BadReply)


@pytest.mark.parametrize(
    "reply",
    [
        [],
        {"data": []},
        {"data": {}, "meta": META},
        {"data": [ROW], "meta": {"total": 1}},
        {"data": [{"id": "8d0a", "name": "Ann"}], "meta": META},
        {"data": [7], "meta": META},
    ],
)
def test_another_shape_is_not_available_and_not_empty(tpdb: Tpdb, favorites: RestFavorites, reply: Any) -> None:
    tpdb.rest.faults.add("answer", content=json.dumps(reply), content_type="application/json")
    with pytest.raises(NotOffered):
        favorites.read("performer")


@pytest.mark.parametrize("status", [404, 405, 422])
def test_an_interface_that_is_not_there_is_not_available(tpdb: Tpdb, favorites: RestFavorites, status: int) -> None:
    tpdb.rest.faults.add("answer", status=status, content="{}", content_type="application/json")
    with pytest.raises(NotOffered):
        favorites.count("studio")


def test_an_incomplete_list_is_an_error(tpdb: Tpdb, favorites: RestFavorites) -> None:
    reply = {"data": [ROW], "meta": {"total": 2, "last_page": 1}}
    tpdb.rest.faults.add("answer", content=json.dumps(reply), content_type="application/json")
    with pytest.raises(BadReply, match="announced 2"):
        favorites.read("performer")


def test_a_record_of_one_site_stands_for_its_person(tpdb: Tpdb, favorites: RestFavorites) -> None:
    row = {**ROW, "is_parent": False, "parent": {"id": "77aa", "_id": 9, "name": "Ann Hill"}}
    tpdb.rest.faults.add("answer", content=json.dumps({"data": [row], "meta": META}), content_type="application/json")
    ((uuid, favorite),) = favorites.read("performer").items()
    assert (uuid, favorite.number, favorite.name) == ("77aa", 7, "Ann Hill")


def test_a_wrong_key_is_an_error_of_the_key(tpdb: Tpdb, connect: Connect) -> None:
    with pytest.raises(AuthRejected):
        connect(tpdb, api_key="wrong-key-123456").rest_favorites.read("performer")
