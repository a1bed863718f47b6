"""Scenes that are linked at one box are found at the others by the fingerprints of their files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint, Scene
from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.scenes.test_update import make_scene, sync

OSHASH, PHASH = 0xABCDEF0123456000, 0x0F0F0F0F0F0F0000
FIND = "Match"


@pytest.fixture
def pair(bench: Bench, other: StashBox) -> Bench:
    """Return a bench with two boxes, whose syncs find links to other boxes."""
    bench.configure(bench.box, other)
    bench.set(sceneOtherBoxes=True)
    other.quirks.phash_distance = 8
    return bench


def own(bench: Bench, number: int = 0, *links: Any, **values: Any) -> int:
    """Add a scene with a file to the library, linked to a record of the first box or with these links."""
    oshash, phash = f"{OSHASH + number:016x}", f"{PHASH + number:x}"
    file = VideoFile(f"/media/{number}-{len(links)}.mp4", duration=1200.0, oshash=oshash, phash=phash)
    found = links or (bench.link(make_scene(bench, f"Scene {number}")),)
    return bench.stock.add_scene(f"Scene {number}", file=file, stash_ids=list(found), date="2019-05-07", **values)


def offer(box: StashBox, number: int = 0, *, kind: str = "OSHASH", off: int = 0, seconds: int = 1200) -> Scene:
    """Add a scene with the fingerprint of a file to a box."""
    value = (OSHASH if kind == "OSHASH" else PHASH) + number
    prints = [Fingerprint(value ^ off, kind, seconds)]
    return box.world.add_scene(f"There {number}", director="Ida Holm", fingerprints=prints)


def links_at(bench: Bench, number: int, box: StashBox) -> list[str]:
    return [each["stash_id"] for each in bench.show(number, "scene")["stash_ids"] if each["endpoint"] == box.endpoint]


def test_a_link_is_proposed_with_its_proof_and_the_review_shows_what_the_other_box_says(
    pair: Bench, other: StashBox
) -> None:
    number, there = own(pair), offer(other)
    run = sync(pair, dry_run=True)["run"]
    shown = {each["field"]: each for each in pair.operate("review", plan_id=run["plan_id"])["items"][0]["fields"]}
    assert shown["stash_ids"]["why"] == "FansDB has it: same file (oshash)."
    assert shown["director"]["offers"][0]["value"] == "Ida Holm"
    done = pair.apply_plan(run["plan_id"])
    assert links_at(pair, number, other) == [there.id] and len(pair.links_of(number, "scene")) == 2
    asked = pair.asked(FIND, other)
    assert (sync(pair)["run"]["unchanged"], pair.asked(FIND, other)) == (1, asked)
    other.world.change(there, title="There and back")
    pair.undo(done["id"])
    assert links_at(pair, number, other) == []
    assert sync(pair)["run"]["changed"] == 0 and links_at(pair, number, other) == []


def test_a_value_of_a_found_record_can_be_taken_before_the_link_is_made(pair: Bench, other: StashBox) -> None:
    number = own(pair)
    offer(other)
    sync(pair, dry_run=True)
    pair.operate("take_value", kind="scene", id=number, field="director", endpoint=other.endpoint)
    assert (pair.show(number, "scene")["director"], links_at(pair, number, other)) == ("Ida Holm", [])


def test_the_found_record_is_the_baseline_and_fills_what_is_empty_if_asked_to(pair: Bench, other: StashBox) -> None:
    number, there = own(pair), offer(other)
    sync(pair, fill=True)
    now = pair.show(number, "scene")
    assert (now["title"], now["director"], links_at(pair, number, other)) == ("Scene 0", "Ida Holm", [there.id])


@pytest.mark.parametrize(
    "prepare",
    [
        lambda bench, other: offer(other, kind="PHASH", off=0b111111),
        lambda bench, other: offer(other, kind="PHASH", seconds=60),
        lambda bench, other: (offer(other), offer(other)),
        lambda bench, other: (offer(other), bench.set(fieldPolicies=["stash_ids: ignore"])),
        lambda bench, other: (offer(other), bench.set(sceneOtherBoxes=False)),
        lambda bench, other: (offer(other), bench.set(enableFansDB=False)),
    ],
    ids=["far", "another length", "two records", "rule", "setting", "box off"],
)
def test_only_sure_matches_are_proposed_and_only_if_wanted(
    pair: Bench, other: StashBox, prepare: Callable[[Bench, StashBox], Any]
) -> None:
    number = own(pair)
    prepare(pair, other)
    sync(pair)
    assert links_at(pair, number, other) == []


def test_a_similar_video_of_the_same_length_is_sure(pair: Bench, other: StashBox) -> None:
    number, there = own(pair), offer(other, kind="PHASH", off=0b11, seconds=1203)
    sync(pair)
    assert links_at(pair, number, other) == [there.id]


def test_the_argument_of_the_task_replaces_the_setting(pair: Bench, other: StashBox) -> None:
    pair.set(sceneOtherBoxes=False)
    number, there = own(pair), offer(other)
    sync(pair, other_boxes=True)
    assert links_at(pair, number, other) == [there.id]


def test_forty_scenes_go_into_a_request_and_none_is_asked_about_twice(pair: Bench, other: StashBox) -> None:
    numbers = [own(pair, each) for each in range(85)]
    found = [offer(other, each) for each in range(3)]
    sync(pair)
    assert pair.asked(FIND, other) == 3
    assert [links_at(pair, number, other) for number in numbers[:4]] == [*([each.id] for each in found), []]
    sync(pair)
    assert pair.asked(FIND, other) == 3


def test_a_link_that_a_person_took_away_is_not_proposed_again(pair: Bench, other: StashBox) -> None:
    number = own(pair)
    offer(other)
    sync(pair)
    kept = [each for each in pair.show(number, "scene")["stash_ids"] if each["endpoint"] == pair.box.endpoint]
    pair.stash.scenes.update(number, {"stash_ids": kept})
    assert sync(pair)["run"]["changed"] == 0 and links_at(pair, number, other) == []


def test_a_record_that_another_scene_has_is_a_conflict_until_that_is_settled(pair: Bench, other: StashBox) -> None:
    there = offer(other)
    number, rival = own(pair), own(pair, 0, pair.link(there, other))
    sync(pair)
    (conflict,) = pair.operate("conflicts", kind="scene")["conflicts"]
    assert (conflict["what"], conflict["item"]["id"]) == ("taken", str(number))
    assert conflict["candidates"][0]["remote_id"] == there.id
    assert links_at(pair, number, other) == []
    pair.stash.scenes.update(rival, {"stash_ids": []})
    sync(pair)
    assert links_at(pair, number, other) == [there.id]
    sync(pair)
    assert pair.operate("conflicts", kind="scene")["count"] == 0


def test_not_this_one_keeps_a_record_away(pair: Bench, other: StashBox) -> None:
    there = offer(other)
    number, rival = own(pair), own(pair, 0, pair.link(there, other))
    sync(pair)
    (conflict,) = pair.operate("conflicts", kind="scene")["conflicts"]
    pair.operate("conflict_decide", key=conflict["key"], decision="not", remote_id=there.id)
    pair.stash.scenes.update(rival, {"stash_ids": []})
    sync(pair)
    assert (links_at(pair, number, other), pair.operate("conflicts", kind="scene")["count"]) == ([], 0)


def test_of_two_scenes_with_the_same_file_only_the_first_gets_the_link(pair: Bench, other: StashBox) -> None:
    first, second = own(pair), own(pair, 0, pair.link(make_scene(pair)))
    there = offer(other)
    sync(pair)
    assert (links_at(pair, first, other), links_at(pair, second, other)) == ([there.id], [])
    (conflict,) = pair.operate("conflicts", kind="scene")["conflicts"]
    assert (conflict["what"], conflict["item"]["id"]) == ("taken", str(second))


def test_a_box_that_fails_is_named_and_asked_again_by_the_next_run(pair: Bench, other: StashBox) -> None:
    number, there = own(pair), offer(other)
    other.server.faults.add("server_error", status=503)
    answer = sync(pair)
    assert (answer["state"], list(answer["problems"])) == ("partial", ["FansDB"])
    other.server.faults.clear()
    sync(pair)
    assert links_at(pair, number, other) == [there.id]


def test_another_file_is_asked_about_again(pair: Bench, other: StashBox) -> None:
    number = own(pair)
    sync(pair)
    there = offer(other, 7)
    with pair.plugin.stash.services.library.write() as db:
        db.run("UPDATE files_fingerprints SET fingerprint = ? WHERE type = 'oshash'", (f"{OSHASH + 7:016x}",))
    sync(pair)
    assert links_at(pair, number, other) == [there.id]


def test_one_scene_is_compared_with_all_boxes_from_its_page(pair: Bench, other: StashBox) -> None:
    number, there = own(pair), offer(other)
    answer = pair.operate("update_one", kind="scene", id=number)
    assert (answer["run"]["changed"], links_at(pair, number, other)) == (1, [there.id])


def test_a_scene_without_any_link_is_left_to_the_tagger(pair: Bench, other: StashBox) -> None:
    file = VideoFile("/media/x.mp4", duration=1200.0, oshash=f"{OSHASH:016x}")
    number = pair.stock.add_scene("Unlinked", file=file)
    offer(other)
    sync(pair, ids=[number])
    assert (links_at(pair, number, other), pair.asked(FIND, other)) == ([], 0)
