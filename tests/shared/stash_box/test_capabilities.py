"""The features of a box are requested once, kept, and requested again if a query is refused."""

from __future__ import annotations

import pytest

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from shared.errors import AuthRejected, Refused
from shared.stash_box import LookupFound
from shared.stash_box.capabilities import ASSUMED
from tests.harness.clock import CountingClock
from tests.shared.stash_box.conftest import Connect, Notes


def probes(box: StashBox) -> int:
    return sum("Capabilities" in request.operations for request in box.server.traffic.requests())


def test_a_box_is_looked_at_once_a_week(box: StashBox, connect: Connect, clock: CountingClock) -> None:
    for _ in range(3):
        assert "release_date" in connect(box).capabilities.scene
    assert probes(box) == 1
    clock.advance(8 * 86_400)
    assert connect(box).capabilities.queries and probes(box) == 2


def test_two_spellings_of_an_endpoint_are_remembered_apart(box: StashBox, connect: Connect, notes: Notes) -> None:
    assert connect(box).capabilities == connect(box, endpoint=f"{box.endpoint}/").capabilities
    assert probes(box) == 2 and len(notes.texts) == 2


def test_a_box_that_changed_is_looked_at_again(
    world: World, box: StashBox, old_box: StashBox, connect: Connect, notes: Notes
) -> None:
    scene = world.add_scene("S", release_date="2024")
    connect(box).channel.probe()
    (kept,) = notes.texts.values()
    client = connect(old_box)
    notes.texts.clear()
    client.channel.probe()
    (key,) = notes.texts
    notes.texts[key] = kept
    outcome = connect(old_box).find_scene(scene.id)
    assert isinstance(outcome, LookupFound) and outcome.record.date == "2024-01-01"


@pytest.mark.parametrize(
    "fault", [{"kind": "graphql_error"}, {"kind": "answer", "status": 422, "content": "{}"}], ids=str
)
def test_a_box_that_does_not_let_itself_be_looked_at_is_asked_what_stash_asks(
    world: World, box: StashBox, connect: Connect, fault: dict[str, str]
) -> None:
    box.server.faults.add(fault["kind"], operation="Capabilities", **{k: v for k, v in fault.items() if k != "kind"})
    performer = world.add_performer("Ann", birth_date="1990")
    client = connect(box)
    assert client.capabilities == ASSUMED
    outcome = client.find_performer(performer.id)
    assert isinstance(outcome, LookupFound) and outcome.record.birth_date == "1990"


def test_a_question_the_box_does_not_know_is_refused_with_the_fields_name(
    world: World, box: StashBox, connect: Connect
) -> None:
    client = connect(box)
    client.channel.probe()
    with pytest.raises(Refused, match="nothing"):
        client.channel.ask("{ queryScenes(input: {}) { nothing } }")


@pytest.mark.parametrize(("key", "message"), [("wrong", "did not accept the key"), ("", "without an API key")])
def test_a_wrong_key_and_a_missing_key_are_different_errors(
    box: StashBox, connect: Connect, key: str, message: str
) -> None:
    with pytest.raises(AuthRejected, match=message):
        connect(box, api_key=key).check()


def test_checking_says_whose_key_it_is(box: StashBox, connect: Connect) -> None:
    assert connect(box).check() == "sandbox"
