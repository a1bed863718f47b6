"""Scenes by fingerprints: candidates come in the order of the scenes."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Fingerprint as SandboxPrint
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from shared.errors import BadReply
from shared.stash_box import Fingerprint, StashBoxClient


def find(client: StashBoxClient, scenes: list[list[Fingerprint]]) -> list[list[str]]:
    pieces = client.find_scene_tags_by_fingerprints(scenes)
    return [[scene.id for scene in found] for piece in pieces for found in piece]


def add(world: World, title: str, value: int) -> str:
    return world.add_scene(title, fingerprints=[SandboxPrint(value, "OSHASH", 60)]).id


def test_90_scenes_take_three_requests_and_keep_their_order(
    world: World, box: StashBox, client: StashBoxClient
) -> None:
    ids = [add(world, f"{number}", number + 1) for number in range(90)]
    asked = [[Fingerprint("oshash", f"{number + 1:016x}")] for number in range(90)]
    assert find(client, asked) == [[each] for each in ids]
    assert [len(request.json()["variables"]["groups"]) for request in box.server.traffic.requests()] == [40, 40, 10]


def test_groups_without_anything_usable_keep_their_place(world: World, client: StashBoxClient) -> None:
    first, second = add(world, "A", 0xA), add(world, "B", 0xB)
    asked = [
        [],
        [Fingerprint("md5", "0123456789abcdef0123456789abcdef"), Fingerprint("oshash", "a")],
        [Fingerprint("oshash", "not hex")],
        [Fingerprint("oshash", "0123456789abcdef0")],
        [Fingerprint("phash", "B"), Fingerprint("phash", "b")],
    ]
    assert find(client, asked) == [[], [first], [], [], [second]]


def test_without_usable_fingerprints_no_request_is_sent(box: StashBox, client: StashBoxClient) -> None:
    assert find(client, [[], [Fingerprint("md5", "0" * 32)]]) == [[], []]
    assert box.server.traffic.total == 0


def test_several_candidates_are_all_handed_out(world: World, box: StashBox, client: StashBoxClient) -> None:
    box.quirks.adds_null_rows = True
    add(world, "A", 0xA)
    add(world, "Also A", 0xA)
    ((candidates,),) = client.find_scene_tags_by_fingerprints([[Fingerprint("OSHASH", "A")]])
    assert {each.id for each in candidates} == set(world.scenes)


def test_a_box_that_refuses_40_groups_gets_fewer(world: World, box: StashBox, client: StashBoxClient) -> None:
    for number in range(30):
        add(world, f"{number}", number + 1)
    box.server.faults.add("server_error", status=502, times=1)
    asked = [[Fingerprint("oshash", f"{number + 1:x}")] for number in range(30)]
    assert len(find(client, asked)) == 30 and box.server.traffic.total == 3


@pytest.mark.parametrize("content", ['{"data":{"found":[[],[],[]]}}', '{"data":{"found":null}}'])
def test_a_reply_of_another_length_is_an_error(box: StashBox, client: StashBoxClient, content: str) -> None:
    box.server.faults.add("answer", content=content, content_type="application/json")
    with pytest.raises(BadReply, match="every scene"):
        find(client, [[Fingerprint("oshash", "1")], [Fingerprint("oshash", "2")]])
