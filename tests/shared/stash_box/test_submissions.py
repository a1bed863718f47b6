"""Fingerprints submitted to a box and taken back: how many requests, and what became of each."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Scene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from shared.errors import AuthRejected, ServiceError
from shared.stash_box import LookupFound, NotOffered, PrintSubmission, StashBoxClient
from shared.stash_box.queries.submissions import can_withdraw
from tests.shared.stash_box.conftest import Connect


def make_prints(scene: Scene, count: int, first: int = 1) -> list[PrintSubmission]:
    return [PrintSubmission(scene.id, "OSHASH", f"{number:016x}", 60) for number in range(first, first + count)]


def own(client: StashBoxClient, scene: Scene) -> dict[str, int | None]:
    """Return the votes of the key's user on a scene's fingerprints, by their last three digits."""
    ((outcome,),) = (found.values() for found in client.look_up_own_prints([scene.id]))
    assert isinstance(outcome, LookupFound)
    return {each.hash[-3:]: each.own for each in outcome.record.fingerprints or ()}


def requests(box: StashBox) -> list[str]:
    return [request.operations[0] for request in box.server.traffic.requests()]


def test_many_fingerprints_are_one_request_and_each_has_its_outcome(
    world: World, box: StashBox, client: StashBoxClient
) -> None:
    scene, gone = world.add_scene("S"), world.add_scene("Gone")
    world.delete(gone)
    prints = [*make_prints(scene, 50), *make_prints(gone, 1), make_prints(scene, 1, 99)[0]._replace(duration=0)]
    found = dict(client.submit_prints(prints))
    refused = {each.hash[-2:]: str(error) for each, error in found.items() if error}
    assert requests(box) == ["Submit"]
    assert refused == {
        "01": "Box did not take this fingerprint: invalid or deleted scene. The scene was merged or deleted there: "
        "repair its link first.",
        "63": "Box did not take this fingerprint: duration must be greater than 0. Look at the scene at the box.",
    }
    assert set(own(client, scene).values()) == {1} and len(own(client, scene)) == 50


def test_more_than_a_box_takes_at_once_are_several_requests(
    world: World, box: StashBox, client: StashBoxClient
) -> None:
    scene = world.add_scene("S")
    assert not any(error for _, error in client.submit_prints(make_prints(scene, 401)))
    assert requests(box) == ["Submit"] * 3 and len(own(client, scene)) == 401


def test_an_old_box_gets_one_per_field_and_they_can_be_taken_back(
    world: World, old_box: StashBox, connect: Connect
) -> None:
    client, scene = connect(old_box), world.add_scene("S")
    prints = make_prints(scene, 21)
    assert not any(error for _, error in client.submit_prints(prints))
    assert requests(old_box) == ["Capabilities", "Vote", "Vote", "LookUp"] and len(own(client, scene)) == 21
    assert can_withdraw(client.channel)
    assert not any(error for _, error in client.withdraw_prints(prints[1:]))
    assert own(client, scene) == {"001": 1}


def test_an_old_box_that_ignores_a_fingerprint_is_found_out(world: World, old_box: StashBox, connect: Connect) -> None:
    client, scene, gone = connect(old_box), world.add_scene("S"), world.add_scene("Gone")
    world.delete(gone)
    found = [str(error or "") for _, error in client.submit_prints([*make_prints(gone, 1), *make_prints(scene, 1)])]
    assert "repair its link first" in found[0] and found[1] == ""


def test_a_vote_is_taken_back_and_a_report_is_told_apart(world: World, box: StashBox, client: StashBoxClient) -> None:
    scene = world.add_scene("S")
    (mine,) = prints = make_prints(scene, 1)
    list(client.submit_prints(prints))
    report = "mutation($i: FingerprintSubmission!) { submitFingerprint(input: $i) }"
    print_ = {"hash": mine.hash, "algorithm": mine.algorithm, "duration": 60}
    client.channel.ask(report, {"i": {"scene_id": scene.id, "fingerprint": print_, "vote": "INVALID"}})
    assert own(client, scene) == {"001": -1}
    assert list(client.withdraw_prints(prints)) == [(mine, None)] and own(client, scene) == {}


def test_tpdb_takes_fingerprints_and_keeps_them(world: World, tpdb: Tpdb, connect: Connect) -> None:
    client, scene = connect(tpdb), world.add_scene("S")
    assert not any(error for _, error in client.submit_prints(make_prints(scene, 2)))
    assert own(client, scene) == {"001": None, "002": None}
    assert not can_withdraw(client.channel)
    with pytest.raises(NotOffered, match="Box does not offer taking fingerprints back"):
        list(client.withdraw_prints(make_prints(scene, 1)))


def test_one_fingerprint_that_the_box_refuses_does_not_stop_the_others(
    world: World, old_box: StashBox, connect: Connect
) -> None:
    client, scene = connect(old_box), world.add_scene("S")
    prints = [*make_prints(scene, 2), PrintSubmission(scene.id, "OSHASH", "no hash", 60)]
    found = [str(error or "") for _, error in client.submit_prints(prints)]
    assert found[:2] == ["", ""] and "invalid fingerprint hash" in found[2]


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ({"kind": "unauthorized"}, "API key of Box under Settings"),
        ({"kind": "graphql_error", "message": "not authorized"}, "Check its API key under Settings"),
        ({"kind": "answer", "status": 403, "content": "no"}, "API key of Box under Settings"),
    ],
    ids=str,
)
def test_a_wrong_key_or_a_missing_role_is_a_sentence_with_the_next_step(
    world: World, box: StashBox, client: StashBoxClient, fault: dict[str, Any], text: str
) -> None:
    box.server.faults.add(fault.pop("kind"), operation="Submit", **fault)
    with pytest.raises(AuthRejected, match=text):
        list(client.submit_prints(make_prints(world.add_scene("S"), 1)))


def test_an_answer_without_a_fingerprint_is_no_success(world: World, box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("answer", operation="Submit", content='{"data": {"done": [null]}}')
    ((_, error),) = client.submit_prints(make_prints(world.add_scene("S"), 1))
    assert isinstance(error, ServiceError) and "did not say what became of" in str(error)
