"""Notices that a fingerprint was moved, as stash-box v0.10.2 gives them (internal/service/notification/service.go)."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Fingerprint, PrintVote, Scene
from sandbox.stashbox.notifications import MOVED, PERFORMER_SCENE, STUDIO_SCENE, accept_scene, move_fingerprint
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.sandbox.stashbox.conftest import ask, read

SCENES = "... on FingerprintMovedScene{source_scene{id} target_scene{id} fingerprint_hash}"
PARTS = f"count notifications{{created read level data{{{SCENES}}}}}"
FIND = f"query($i:QueryNotificationsInput!){{queryNotifications(input:$i){{{PARTS}}}}}"
VALUE = 0xAB


@pytest.fixture
def scenes(world: World) -> tuple[Scene, Scene]:
    """Return a scene of which the user submitted a fingerprint, and another one."""
    scene = world.add_scene("Wrong", fingerprints=[Fingerprint(VALUE, "PHASH", 60, 2)])
    (account,) = world.accounts.values()
    account.votes[(scene.id, "PHASH", VALUE)] = PrintVote(1, 60)
    return scene, world.add_scene("Right")


def subscribe(world: World) -> None:
    (account,) = world.accounts.values()
    account.subscriptions.append(MOVED)


def find(box: StashBox, **given: Any) -> Any:
    return read(box, FIND, i=given)


def test_a_user_who_subscribed_is_told_that_a_fingerprint_was_moved(
    box: StashBox, world: World, scenes: tuple[Scene, Scene]
) -> None:
    source, target = scenes
    subscribe(world)
    move_fingerprint(world, source, target, VALUE)
    found = find(box, type=MOVED, unread_only=True)
    assert (found["count"], found["notifications"][0]["level"]) == (1, "URGENT")
    ids = {"source_scene": {"id": source.id}, "target_scene": {"id": target.id}}
    assert found["notifications"][0]["data"] == {**ids, "fingerprint_hash": "00000000000000ab"}
    assert find(box, type="UPDATED_EDIT")["count"] == 0
    assert (source.fingerprints, len(target.fingerprints)) == ([], 1)


def test_nobody_is_subscribed_by_default(box: StashBox, world: World, scenes: tuple[Scene, Scene]) -> None:
    move_fingerprint(world, *scenes, VALUE)
    assert find(box)["count"] == 0
    assert MOVED not in read(box, "{me{notification_subscriptions}}")["notification_subscriptions"]


@pytest.mark.parametrize(("given", "message"), [({"per_page": -1}, "LIMIT must not"), ({"page": 0}, "OFFSET must not")])
def test_bad_pages_are_errors_and_an_empty_page_has_the_count(
    box: StashBox, world: World, scenes: tuple[Scene, Scene], given: dict[str, int], message: str
) -> None:
    subscribe(world)
    move_fingerprint(world, *scenes, VALUE)
    assert message in ask(box, FIND, i=given).json()["errors"][0]["message"]
    assert find(box, per_page=0) == {"count": 1, "notifications": []}


def test_a_removed_scene_fails_the_whole_document(box: StashBox, world: World, scenes: tuple[Scene, Scene]) -> None:
    subscribe(world)
    move_fingerprint(world, *scenes, VALUE)
    world.forget(scenes[0])
    reply = ask(box, FIND, i={}).json()
    assert reply["data"] is None and "the requested element is null" in reply["errors"][0]["message"]


def test_an_old_box_has_no_notices(old_box: StashBox) -> None:
    assert ask(old_box, FIND, i={}).status_code == 422


def test_users_with_a_favorite_in_a_new_scene_are_told_but_not_its_author(box: StashBox, world: World) -> None:
    studio, mira = world.add_studio("Hill Films"), world.add_performer("Mira Mosswick")
    (account,) = world.accounts.values()
    account.performers.add(mira.id)
    account.studios.add(studio.id)
    scene = world.add_scene("New", performers=(mira,), studio=studio)
    accept_scene(world, scene)
    assert find(box)["count"] == 0  # not subscribed
    account.subscriptions += [PERFORMER_SCENE, STUDIO_SCENE]
    accept_scene(world, scene, account)
    accept_scene(world, scene, is_bot=True)
    assert find(box)["count"] == 0
    accept_scene(world, scene)
    parts = "data{__typename ... on FavoritePerformerScene{scene{id}} ... on FavoriteStudioScene{scene{id}}}"
    query = (
        f"query($i:QueryNotificationsInput!){{queryNotifications(input:$i){{count notifications{{level {parts}}}}}}}"
    )
    found = read(box, query, i={})["notifications"]
    kinds = [(each["level"], each["data"]["__typename"], each["data"]["scene"]["id"]) for each in found]
    assert kinds == [("NORMAL", kind, scene.id) for kind in ("FavoritePerformerScene", "FavoriteStudioScene")]
    assert read(box, query, i={"type": STUDIO_SCENE})["count"] == 1
