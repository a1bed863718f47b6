"""Records by id: many in one request, each once, and a different outcome for merged, deleted and missing."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Scene as SandboxScene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from shared.errors import (
    AuthRejected,
    BadReply,
    GraphQLFailed,
    RateLimited,
    Refused,
    ServerFailed,
    ServiceError,
    Unreachable,
    WrongService,
)
from shared.stash_box import Deleted, LookupFailed, LookupFound, Merged, Missing, StashBoxClient
from tests.harness.clock import CountingClock
from tests.shared.stash_box.conftest import Connect, Notes

UNKNOWN = "01693880-d0c0-7c88-87a6-d529d3ba2fe6"


def fill(world: World, count: int) -> list[str]:
    tag = world.add_tag("Hill")
    return [world.add_scene(f"Scene {number}", tags=[tag]).id for number in range(count)]


def look_up(client: StashBoxClient, ids: list[str]) -> dict[str, Any]:
    """Return all outcomes of scene tags; an id that comes twice fails the test."""
    pieces = list(client.look_up_scene_tags(ids))
    merged: dict[str, Any] = {}
    for piece in pieces:
        assert not merged.keys() & piece.keys()
        merged.update(piece)
    return merged


def count_ids(box: StashBox) -> list[int]:
    """Return the number of ids in each request."""
    return [len(request.json()["variables"]) for request in box.server.traffic.requests()]


def test_41_scenes_take_two_requests_of_40_and_1(world: World, box: StashBox, client: StashBoxClient) -> None:
    ids = fill(world, 41)
    found = look_up(client, ids)
    assert list(found) == ids and all(isinstance(each, LookupFound) for each in found.values())
    assert count_ids(box) == [40, 1]


def test_an_id_asked_twice_is_looked_up_once(world: World, box: StashBox, client: StashBoxClient) -> None:
    (scene,) = fill(world, 1)
    assert list(look_up(client, [scene, scene])) == [scene]
    assert count_ids(box) == [1]


def test_only_what_is_needed_is_asked_for(world: World, box: StashBox, client: StashBoxClient) -> None:
    outcome = look_up(client, fill(world, 1))
    (request,) = box.server.traffic.requests()
    prints = "fingerprints { algorithm hash duration submissions reports }"
    assert f"{{ id title duration tags {{ id name }} deleted updated {prints} }}" in request.json()["query"]
    (found,) = outcome.values()
    assert [tag.name for tag in found.record.tags] == ["Hill"]


@pytest.mark.parametrize("stored", ["", "7", "not-an-id", UNKNOWN[:-1], f" {UNKNOWN}"])
def test_a_malformed_id_is_missing_and_never_sent(box: StashBox, client: StashBoxClient, stored: str) -> None:
    assert look_up(client, [stored]) == {stored: Missing(stored)}
    assert box.server.traffic.total == 0


def test_an_unknown_id_is_missing(client: StashBoxClient) -> None:
    assert client.find_scene(UNKNOWN) == Missing(UNKNOWN)


def test_ids_keep_the_spelling_they_came_in(world: World, client: StashBoxClient) -> None:
    (scene,) = fill(world, 1)
    assert isinstance(look_up(client, [scene.upper()])[scene.upper()], LookupFound)


def test_tags_of_a_deleted_scene_are_never_handed_out(world: World, client: StashBoxClient) -> None:
    tag = world.add_tag("T")
    merged, kept = world.add_scene("A", tags=[tag]), world.add_scene("B")
    world.merge(merged, into=kept)
    assert look_up(client, [merged.id]) == {merged.id: Deleted(merged.id)}


@pytest.mark.parametrize("kind", ["scene", "studio", "tag", "performer"])
def test_a_merged_record_leads_to_its_successor(world: World, client: StashBoxClient, kind: str) -> None:
    make = getattr(world, f"add_{kind}")
    first, second, last = make("First"), make("Second"), make("Last")
    world.merge(first, into=second)
    world.merge(second, into=last)
    outcome = getattr(client, f"find_{kind}")(first.id)
    assert isinstance(outcome, Merged) and (outcome.id, outcome.into) == (first.id, last.id)
    assert (outcome.record.title if kind == "scene" else outcome.record.name) == "Last"


@pytest.mark.parametrize("kind", ["scene", "studio", "tag", "performer"])
def test_a_deleted_record_has_no_successor(world: World, client: StashBoxClient, kind: str) -> None:
    gone = getattr(world, f"add_{kind}")("Gone")
    world.delete(gone)
    assert getattr(client, f"find_{kind}")(gone.id) == Deleted(gone.id)


@pytest.mark.parametrize("kind", ["scene", "studio", "tag", "performer"])
def test_a_merge_into_something_deleted_since_ends_as_deleted(world: World, client: StashBoxClient, kind: str) -> None:
    make = getattr(world, f"add_{kind}")
    first, second = make("First"), make("Second")
    world.merge(first, into=second)
    world.delete(second)
    assert getattr(client, f"find_{kind}")(first.id) == Deleted(first.id)


def test_merges_in_a_circle_end(world: World, client: StashBoxClient) -> None:
    first, second = world.add_performer("First"), world.add_performer("Second")
    world.merge(first, into=second)
    world.change(second, deleted=True, merged_into_id=first.id)
    assert client.find_performer(first.id) == Deleted(first.id)


def test_an_endless_chain_of_merges_is_given_up(world: World, box: StashBox, client: StashBoxClient) -> None:
    chain = [world.add_performer(f"{number}") for number in range(20)]
    for performer, successor in zip(chain, chain[1:]):
        world.change(performer, deleted=True, merged_into_id=successor.id)
    assert client.find_performer(chain[0].id) == Deleted(chain[0].id)
    assert box.server.traffic.total <= 7


def test_a_merge_into_something_forgotten_is_deleted(world: World, client: StashBoxClient) -> None:
    first, second = world.add_performer("First"), world.add_performer("Second")
    world.merge(first, into=second)
    world.forget(second)
    assert client.find_performer(first.id) == Deleted(first.id)


def test_many_merged_studios_are_followed_together(world: World, box: StashBox, client: StashBoxClient) -> None:
    pairs = [(world.add_studio(f"Old {number}"), world.add_studio(f"New {number}")) for number in range(15)]
    for old, new in pairs:
        world.merge(old, into=new)
    outcomes = {
        each: value for piece in client.look_up_studios([old.id for old, _ in pairs]) for each, value in piece.items()
    }
    assert [outcome.into for outcome in outcomes.values() if isinstance(outcome, Merged)] == [
        new.id for _, new in pairs
    ]
    assert box.server.traffic.total == 3


def test_a_successor_that_cannot_be_found_out_is_a_failure_not_a_deletion(
    world: World, box: StashBox, client: StashBoxClient
) -> None:
    old, new = world.add_tag("Old"), world.add_tag("New")
    world.merge(old, into=new)
    box.server.faults.add("server_error", operation="queryEdits")
    with pytest.raises(ServerFailed):
        client.find_tag(old.id)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "server_error", "status": 504}, ServerFailed),
        ({"kind": "truncated"}, BadReply),
        ({"kind": "graphql_error"}, GraphQLFailed),
        ({"kind": "answer", "status": 413, "content": "too long"}, Refused),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_a_box_that_fails_with_many_is_asked_for_fewer(
    world: World, box: StashBox, client: StashBoxClient, fault: dict[str, Any], error: type[ServiceError]
) -> None:
    box.server.faults.add(**fault, body='"i10"')
    found = look_up(client, fill(world, 12))
    assert all(isinstance(each, LookupFound) for each in found.values()) and len(found) == 12
    assert count_ids(box)[:2] == [12, 6], error


def test_a_box_that_takes_too_long_with_many_is_asked_for_fewer(
    world: World, box: StashBox, connect: Connect, client: StashBoxClient
) -> None:
    box.server.faults.add("hang", body='"i10"')
    assert len(look_up(connect(box, patience=0.5), fill(world, 12))) == 12
    assert count_ids(box)[:2] == [12, 6]


def test_a_working_size_is_remembered_for_the_box(world: World, box: StashBox, connect: Connect) -> None:
    box.quirks.most_aliases = 10
    ids = fill(world, 45)
    assert len(look_up(connect(box), ids)) == 45
    box.server.traffic.clear()
    assert len(look_up(connect(box), ids)) == 45
    assert count_ids(box) == [10, 10, 10, 10, 5]


def test_a_refused_size_is_not_tried_again_the_same_day(
    world: World, box: StashBox, connect: Connect, clock: CountingClock
) -> None:
    box.quirks.most_aliases = 20
    ids = fill(world, 300)
    look_up(connect(box), ids)
    assert count_ids(box).count(40) == 1
    box.quirks.most_aliases = 0
    clock.advance(90_000)
    box.server.traffic.clear()
    look_up(connect(box), ids)
    assert count_ids(box)[0] == 40


def test_after_an_overload_larger_requests_are_tried_again(world: World, box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("server_error", status=502, times=1)
    look_up(client, fill(world, 300))
    sizes = count_ids(box)
    assert sizes[:10] == [40, *[20] * 8, 40]


def test_a_single_scene_the_box_chokes_on_fails_alone(world: World, box: StashBox, client: StashBoxClient) -> None:
    ids = fill(world, 12)
    box.server.faults.add("server_error", status=500, body=ids[5])
    found = look_up(client, ids)
    assert isinstance(found[ids[5]], LookupFailed) and isinstance(found[ids[5]].error, ServerFailed)
    assert sum(isinstance(each, LookupFound) for each in found.values()) == 11


def test_a_scene_the_box_chokes_on_does_not_slow_the_others_down(
    world: World, box: StashBox, client: StashBoxClient
) -> None:
    ids = fill(world, 120)
    box.server.faults.add("server_error", status=500, body=ids[1])
    assert len(look_up(client, ids)) == 120
    assert count_ids(box)[-3:] == [40, 40, 37]


def test_a_question_the_box_refuses_in_any_size_leaves_the_size_alone(
    world: World, box: StashBox, connect: Connect
) -> None:
    ids = fill(world, 60)
    client = connect(box)
    client.channel.probe()
    number = box.server.faults.add("answer", status=422, content="{}")
    with pytest.raises(Refused):
        look_up(client, ids)
    box.server.faults.remove(number)
    box.server.traffic.clear()
    assert len(look_up(connect(box), ids)) == 60 and count_ids(box) == [40, 20]


def test_a_broken_box_ends_the_work_after_few_requests(world: World, box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("server_error", status=500)
    with pytest.raises(ServerFailed):
        look_up(client, fill(world, 200))
    assert box.server.traffic.total < 20


def test_pieces_before_a_failure_stay_valid(world: World, box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("unauthorized", on=[2])
    pieces = client.look_up_scene_tags(fill(world, 80))
    assert len(next(pieces)) == 40
    with pytest.raises(AuthRejected):
        next(pieces)


def test_after_a_429_the_same_batch_comes_again(
    world: World, box: StashBox, client: StashBoxClient, clock: CountingClock
) -> None:
    box.server.faults.add("rate_limited", retry_after=7, on=[2])
    assert len(look_up(client, fill(world, 100))) == 100
    assert count_ids(box) == [40, 40, 40, 20] and sum(clock.slept) >= 7


def test_a_429_without_end_stops_the_work(world: World, box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("rate_limited")
    with pytest.raises(RateLimited):
        look_up(client, fill(world, 100))
    assert set(count_ids(box)) == {40}


def test_errors_beside_data_fail_only_what_they_are_about(world: World, box: StashBox, client: StashBoxClient) -> None:
    ids = fill(world, 3)
    box.server.faults.add("partial", fields=["r1"])
    found = look_up(client, ids)
    assert [type(found[each]) for each in ids] == [LookupFound, LookupFailed, LookupFound]


def test_a_reply_that_leaves_scenes_out_fails_these(world: World, box: StashBox, client: StashBoxClient) -> None:
    ids = fill(world, 2)
    box.server.faults.add("answer", content='{"data":{"r0":null}}', content_type="application/json")
    found = look_up(client, ids)
    assert found[ids[0]] == Missing(ids[0]) and isinstance(found[ids[1]].error, BadReply)


def test_a_reply_with_another_scene_is_a_failure(world: World, box: StashBox, client: StashBoxClient) -> None:
    (scene,) = fill(world, 1)
    content = f'{{"data":{{"r0":{{"id":"{UNKNOWN}","tags":[]}}}}}}'
    box.server.faults.add("answer", content=content, content_type="application/json")
    assert isinstance(look_up(client, [scene])[scene], LookupFailed)


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ({"kind": "unauthorized"}, AuthRejected, "API key of Box under Settings"),
        ({"kind": "graphql_error", "message": "not authorized"}, AuthRejected, "Check its API key"),
        ({"kind": "html"}, WrongService, "Check the endpoint of Box"),
        ({"kind": "reset"}, Unreachable, "Box"),
        ({"kind": "server_error", "status": 503}, Unreachable, "not ready"),
    ],
    ids=str,
)
def test_trouble_with_the_whole_box_is_raised_with_a_next_step(
    world: World, box: StashBox, client: StashBoxClient, fault: dict[str, Any], error: type[Exception], words: str
) -> None:
    box.server.faults.add(**fault)
    with pytest.raises(error, match=words) as caught:
        look_up(client, fill(world, 3))
    assert box.key not in str(caught.value) and box.key not in repr(client)


def test_a_box_without_key_is_not_asked_at_all(world: World, box: StashBox, connect: Connect) -> None:
    with pytest.raises(AuthRejected, match="without an API key"):
        look_up(connect(box, api_key=" "), fill(world, 1))
    assert box.server.traffic.total == 0


def test_no_request_for_no_ids(box: StashBox, client: StashBoxClient) -> None:
    assert look_up(client, []) == {} and box.server.traffic.total == 0


def test_each_sort_of_record_has_its_own_working_size(
    world: World, box: StashBox, connect: Connect, notes: Notes
) -> None:
    client = connect(box)
    performers = [world.add_performer(f"{number}").id for number in range(40)]
    box.server.faults.add("server_error", status=504, times=1, body="findPerformer")
    assert len(list(client.look_up_performers(performers))) == 2
    assert isinstance(world.scenes.get(look_up(client, fill(world, 40)).popitem()[0]), SandboxScene)
    assert count_ids(box)[-1] == 40
