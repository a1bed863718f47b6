"""Further requests on their way: the same replies in the same order, and one request at a time after a failure."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from shared.errors import AuthRejected, RateLimited
from shared.stash_box import LookupFailed, LookupFound, StashBoxClient
from tests.shared.stash_box.test_lookups import count_ids, fill


def look_up_ahead(client: StashBoxClient, ids: list[str]) -> dict[str, bool]:
    """Return the found ids in their order; an id that comes twice fails the test."""
    found = [(each, outcome) for piece in client.look_up_scene_tags(ids, ahead=True) for each, outcome in piece.items()]
    assert len(dict(found)) == len(found)
    return {each: isinstance(outcome, LookupFound) for each, outcome in found}


def test_answers_come_in_order_and_every_id_once(world: World, box: StashBox, client: StashBoxClient) -> None:
    ids = fill(world, 170)
    box.server.faults.add("slow", seconds=0.3, on=[1])  # the second answer is there before the first
    assert look_up_ahead(client, ids) == dict.fromkeys(ids, True)
    assert list(look_up_ahead(client, ids)) == ids
    assert sorted(count_ids(box)[:5]) == [10, 40, 40, 40, 40]


def test_the_next_request_leaves_while_an_answer_is_awaited(
    world: World, box: StashBox, client: StashBoxClient
) -> None:
    ids = fill(world, 80)
    stuck = box.server.faults.add("slow", seconds=60, on=[1])
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(look_up_ahead, client, ids)
        box.server.traffic.wait_for_requests(2)
        box.server.faults.remove(stuck)
        assert list(reading.result(60)) == ids


def test_after_a_failure_the_rest_goes_one_by_one(world: World, box: StashBox, client: StashBoxClient) -> None:
    ids = fill(world, 200)
    box.server.faults.add("server_error", status=500, on=[2])
    assert look_up_ahead(client, ids) == dict.fromkeys(ids, True)
    box.server.faults.clear()
    assert box.server.traffic.total <= 7


def test_a_box_that_takes_few_at_once_is_asked_for_few(world: World, box: StashBox, client: StashBoxClient) -> None:
    ids = fill(world, 60)
    box.quirks.most_aliases = 10
    assert look_up_ahead(client, ids) == dict.fromkeys(ids, True)
    assert max(count_ids(box)[-4:]) <= 10


def test_one_scene_without_an_answer_fails_alone(world: World, box: StashBox, client: StashBoxClient) -> None:
    ids = fill(world, 90)
    box.server.faults.add("partial", fields=["r1"], body=ids[41], times=1)
    outcomes = {key: each for piece in client.look_up_scene_tags(ids, ahead=True) for key, each in piece.items()}
    assert [key for key, each in outcomes.items() if isinstance(each, LookupFailed)] == [ids[41]]


@pytest.mark.parametrize(("fault", "error"), [("unauthorized", AuthRejected), ("rate_limited", RateLimited)])
def test_an_error_of_the_whole_box_is_raised_and_earlier_pieces_stay_valid(
    world: World, box: StashBox, client: StashBoxClient, fault: str, error: type[Exception]
) -> None:
    ids = fill(world, 120)
    box.server.faults.add(fault, after=1)
    told: list[str] = []
    with pytest.raises(error):
        for piece in client.look_up_scene_tags(ids, ahead=True):
            told += piece
    assert len(told) == 40
