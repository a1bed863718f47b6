"""Votes on fingerprints, as stash-box v0.10.2 counts them (internal/service/scene/service.go, sql/fingerprint.sql)."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Fingerprint, Scene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from tests.sandbox.stashbox.conftest import ask, read

ONE = "mutation($i:FingerprintSubmission!){submitFingerprint(input:$i)}"
MANY = "mutation($i:[FingerprintBatchSubmission!]!){submitFingerprints(input:$i){hash scene_id error}}"
FIELDS = "hash duration submissions reports user_submitted user_reported"
OWN = f"query($id:ID!){{findScene(id:$id){{updated fingerprints(is_submitted:true){{{FIELDS}}}}}}}"
ALL = f"query($id:ID!){{findScene(id:$id){{fingerprints{{{FIELDS}}}}}}}"
NOWHERE = "01693880-d0c0-7c88-87a6-d529d3ba2fe6"


@pytest.fixture
def scene(world: World) -> Scene:
    """Return a scene of which two other users submitted a file of 60 seconds."""
    return world.add_scene("S", fingerprints=[Fingerprint(0xAB, "OSHASH", 60, 2)])


def vote(box: StashBox, scene: Scene, hash_: str, duration: int = 90, **more: Any) -> Any:
    print_ = {"hash": hash_, "algorithm": "OSHASH", "duration": duration}
    return read(box, ONE, i={"scene_id": scene.id, "fingerprint": print_, **more})


def rows(box: StashBox, scene: Scene, query: str = ALL) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in read(box, query, id=scene.id)["fingerprints"]]


def test_a_vote_replaces_the_users_own_and_the_length_is_the_one_most_users_name(box: StashBox, scene: Scene) -> None:
    updated = scene.updated
    assert vote(box, scene, "ab") and vote(box, scene, "AB", 95)
    assert rows(box, scene) == [("00000000000000ab", 60, 3, 0, True, False)]
    assert rows(box, scene, OWN) == [("00000000000000ab", 95, 1, 0, True, False)]
    vote(box, scene, "ab", vote="INVALID")
    assert rows(box, scene) == [("00000000000000ab", 60, 2, 1, False, True)]
    vote(box, scene, "ab", unmatch=True)
    assert (rows(box, scene, OWN), scene.updated) == ([], updated)


def test_a_hash_that_only_the_user_submitted_is_found_until_the_vote_is_removed(box: StashBox, scene: Scene) -> None:
    find = "query($h:FingerprintHash!){findScenesBySceneFingerprints(fingerprints:[[{hash:$h,algorithm:OSHASH}]]){id}}"
    vote(box, scene, "cd")
    assert read(box, find, h="cd") == [[{"id": scene.id}]]
    mine = "query{queryScenes(input:{has_fingerprint_submissions:true}){count}}"
    assert read(box, mine) == {"count": 1}
    vote(box, scene, "cd", vote="REMOVE")
    assert (read(box, find, h="cd"), read(box, mine)) == ([[]], {"count": 0})


def test_what_the_box_ignores_is_true_as_well(box: StashBox, scene: Scene, world: World) -> None:
    gone = world.add_scene("Gone")
    world.delete(gone)
    md5 = {"hash": "cd", "algorithm": "MD5", "duration": 60}
    assert read(box, ONE, i={"scene_id": scene.id, "fingerprint": md5}) is True
    assert read(box, ONE, i={"scene_id": NOWHERE, "fingerprint": {**md5, "algorithm": "OSHASH"}}) is True
    assert vote(box, gone, "cd") is vote(box, scene, "cd", 0) is True
    assert rows(box, scene, OWN) == []


def test_only_what_somebody_submitted_can_be_reported(box: StashBox, scene: Scene) -> None:
    print_ = {"hash": "cd", "algorithm": "OSHASH", "duration": 60}
    reply = ask(box, ONE, i={"scene_id": scene.id, "fingerprint": print_, "vote": "INVALID"})
    assert reply.json()["errors"][0]["message"] == "fingerprint has no submissions"


def test_a_batch_says_for_each_row_what_became_of_it_but_leaves_md5_out(box: StashBox, scene: Scene) -> None:
    good = {"scene_id": scene.id, "hash": "cd", "algorithm": "PHASH", "duration": 60}
    given = [{**good, "algorithm": "MD5"}, good, {**good, "hash": "ef", "duration": 0}, {**good, "scene_id": NOWHERE}]
    found = read(box, MANY, i=given)
    errors = [None, "duration must be greater than 0", "invalid or deleted scene"]
    assert [row["error"] for row in found] == errors
    reply = ask(box, MANY, i=[good] * 1001)
    assert reply.json()["errors"][0]["message"] == "maximum of 1000 fingerprints allowed per batch"


def test_an_old_box_takes_them_one_by_one_and_without_a_vote(old_box: StashBox, scene: Scene) -> None:
    assert ask(old_box, MANY, i=[]).status_code == 422
    print_ = {"hash": "cd", "algorithm": "OSHASH", "duration": 60}
    given = {"scene_id": scene.id, "fingerprint": print_}
    assert ask(old_box, ONE, i={**given, "vote": "REMOVE"}).status_code == 422
    assert read(old_box, ONE, i=given) is True
    assert rows(old_box, scene, OWN) == [("00000000000000cd", 60, 1, 0, True, False)]
    assert read(old_box, ONE, i={**given, "unmatch": True}) is True
    assert rows(old_box, scene, OWN) == []


def test_tpdb_takes_a_fingerprint_and_does_not_say_whose_it_is(tpdb: Tpdb, scene: Scene) -> None:
    print_ = {"hash": "cd", "algorithm": "OSHASH", "duration": 60}
    assert read(tpdb, ONE, i={"scene_id": scene.id, "fingerprint": print_})
    listed = read(tpdb, "query($id:ID!){findScene(id:$id){fingerprints{hash}}}", id=scene.id)
    assert listed == {"fingerprints": [{"hash": "00000000000000ab"}, {"hash": "00000000000000cd"}]}
    assert ask(tpdb, ONE, i={"scene_id": scene.id, "fingerprint": print_, "unmatch": True}).status_code == 422
