"""Files without a link are compared with the boxes, count as owned, and can be linked or rejected."""

from __future__ import annotations

from typing import Any

import pytest
from missing.schema import MIGRATIONS

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint, Performer, Scene
from shared.state.store import Store
from tests.harness.bench import open_box
from tests.missingScenes.conftest import Bench, ids_of

OSHASH, PHASH = 0xABCDEF0123456000, 0x0F0F0F0F0F0F0000
DAY = 86400.0
LIBRARY = {"path": "/data", "excludeVideo": False, "excludeImage": False}
SCAN = "mutation($input: ScanMetadataInput!) { metadataScan(input: $input) }"


def add_pair(
    bench: Bench, number: int, *performers: Performer, remote_hash: int = 0, **remote: Any
) -> tuple[Scene, str]:
    """Add a scene to the box and its file to the library without a link; return the scene and the local number."""
    prints = [Fingerprint(remote_hash or OSHASH + number, "OSHASH", 1200)]
    scene = bench.world.add_scene(f"Remote {number}", performers=performers, **{"fingerprints": prints, **remote})
    return scene, add_file(bench, number)


def add_file(bench: Bench, number: int, **hashes: str) -> str:
    values: dict[str, Any] = {"oshash": f"{OSHASH + number:016x}", **hashes}
    return str(
        bench.stock.add_scene(f"Local {number}", file=VideoFile(f"/media/{number}.mp4", duration=1200.0, **values))
    )


def compare(bench: Bench) -> Any:
    bench.plugin.run_task("compare_files", run_token="compare")
    return bench.operate("run_result", run_token="compare")["run"]


def listed(bench: Bench, group: str) -> list[tuple[str, str]]:
    rows = bench.operate("file_matches", group=group)["rows"]
    return [(row["local"]["title"], row["scene"]["title"]) for row in rows]


def age(bench: Bench, days: float) -> None:
    store = Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)
    with store.write() as db:
        db.execute("UPDATE file_checks SET checked = checked - ?", (days * DAY,))
    store.kv.put("files.compared", store.kv.get("files.compared", object) - days * DAY)
    store.close()


def test_a_list_hides_a_scene_whose_file_has_no_link_and_counts_it(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    scene, _ = add_pair(bench, 1, mira)
    missing = bench.add_scenes(1, mira)
    assert compare(bench)["message"] == "Files that are scenes of a stash-box: 1 for sure, 0 probably."
    page = bench.find(local_mira)
    assert (ids_of(page), page["figures"]["hidden"]) == ([missing[0].id], {"unlinked_file": 1})
    shown = bench.find(local_mira, show_unlinked=True)
    files = {card["id"]: [file["title"] for file in card["files"]] for card in shown["scenes"]}
    assert files == {scene.id: ["Local 1"], missing[0].id: []}


def test_a_list_of_files_without_links_is_complete_and_says_so(bench: Bench, mira: Performer, local_mira: str) -> None:
    add_pair(bench, 1, mira)
    compare(bench)
    page = bench.find(local_mira)
    assert page["state"] == "complete"
    assert page["message"] == "The only scene is in the library, as a file without a link."


def test_a_list_sends_no_request_more_than_before_the_comparison(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    add_pair(bench, 1, mira)
    traffic = bench.plugin.stash.server.traffic
    weights = []
    for step in (compare, None):
        traffic.clear()
        bench.find(local_mira)
        weights.append(traffic.total)
        if step:
            step(bench)
    assert weights[1] <= weights[0]


def test_a_deleted_file_is_missing_again_at_once(bench: Bench, mira: Performer, local_mira: str) -> None:
    scene, local = add_pair(bench, 1, mira)
    compare(bench)
    bench.stash.scenes.destroy(int(local))
    assert ids_of(bench.find(local_mira)) == [scene.id]


@pytest.mark.parametrize("can_ask_sql", [True, False])
def test_completeness_counts_files_and_no_scene_twice(
    bench: Bench, mira: Performer, local_mira: str, can_ask_sql: bool
) -> None:
    add_pair(bench, 1, mira)
    twice, _ = add_pair(bench, 2, mira)
    bench.add_scenes(2, mira)
    compare(bench)
    (linked,) = bench.own(twice)
    bench.stash.scenes.update(int(linked), {"performer_ids": [local_mira]})
    if not can_ask_sql:
        bench.refuse_sql()
    bench.plugin.run_task("completeness")
    (row,) = bench.operate("list_completeness")["rows"]
    assert (row["owned"], row["total"]) == (2, 4)
    bench.find_all(local_mira)
    (row,) = bench.operate("list_completeness")["rows"]
    assert (row["owned"], row["total"]) == (2, 4)


def test_forty_scenes_are_asked_about_in_one_request_and_only_once_in_thirty_days(bench: Bench) -> None:
    for number in range(81):
        add_file(bench, number)
    bench.stock.add_scene("No file")
    compare(bench)
    asked = bench.asked("Match")
    compare(bench)
    assert (asked, bench.asked("Match")) == (3, 3)
    age(bench, 31)
    compare(bench)
    assert bench.asked("Match") == 6


def test_a_comparison_that_a_box_ends_keeps_its_answers_and_continues(bench: Bench, mira: Performer) -> None:
    for number in range(80):
        add_pair(bench, number, mira)
    fault = bench.box.server.faults.add("unauthorized", operation="Match", on=[2])
    run = compare(bench)
    told = "Start the task again to continue. So far: Files that are scenes of a stash-box: 40 for sure"
    assert (run["state"], told in run["message"]) == ("failed", True)
    bench.box.server.faults.remove(fault)
    before = bench.asked("Match")
    assert compare(bench)["message"] == "Files that are scenes of a stash-box: 80 for sure, 0 probably."
    assert bench.asked("Match") == before + 1


def test_a_killed_comparison_continues_where_it_stopped(bench: Bench, mira: Performer) -> None:
    for number in range(80):
        add_pair(bench, number, mira)
    stuck = bench.box.server.faults.add("hang", operation="Match", on=[2])
    job = bench.stash.run_plugin_task("missingScenes", args={"mode": "compare_files"})
    bench.box.server.traffic.wait_for_requests(2, "Match")
    bench.stop_job(job)
    bench.plugin.wait_for(job)
    bench.box.server.faults.remove(stuck)
    assert listed(bench, "sure")
    assert compare(bench)["message"] == "Files that are scenes of a stash-box: 80 for sure, 0 probably."
    assert bench.asked("Match") == 3


def test_the_other_boxes_are_asked_when_one_fails(bench: Bench) -> None:
    with open_box("other") as other:
        bench.configure(bench.box, other)
        scene = other.world.add_scene("Elsewhere", fingerprints=[Fingerprint(OSHASH, "OSHASH", 1200)])
        add_file(bench, 0)
        bench.box.server.take_down()
        run = compare(bench)
        assert (run["state"], listed(bench, "sure")) == ("failed", [("Local 0", scene.title)])


def test_a_near_picture_is_found_at_the_distance_of_the_box(bench: Bench) -> None:
    bench.box.quirks.phash_distance = 8
    for bits, name in ((0b11, "Near"), (0b1111110000, "Far")):
        prints = [Fingerprint(PHASH ^ bits, "PHASH", 1201)]
        bench.world.add_scene(name, fingerprints=prints)
    add_file(bench, 1, phash=f"{PHASH:x}")
    compare(bench)
    assert (listed(bench, "sure"), listed(bench, "probable")) == ([("Local 1", "Near")], [("Local 1", "Far")])


def test_one_plan_links_all_sure_files_and_its_undo_brings_them_back(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    scenes = [add_pair(bench, number, mira) for number in range(2)]
    compare(bench)
    plan = bench.operate("plan_file_links")
    assert plan["count"] == 2
    run = bench.apply_plan(plan["plan_id"])
    assert (run["totals"]["changed"], listed(bench, "sure")) == (2, [])
    rows = bench.stash.scenes.read([int(local) for _, local in scenes], "stash_ids { stash_id }")
    assert {row["stash_ids"][0]["stash_id"] for row in rows.values()} == {scene.id for scene, _ in scenes}
    assert bench.find(local_mira)["figures"]["owned"] == 2
    bench.undo(run["id"])
    assert len(listed(bench, "sure")) == 2


def test_a_match_shows_both_pictures_lengths_and_hashes(bench: Bench) -> None:
    scene, local = add_pair(bench, 1)
    compare(bench)
    match = bench.operate("file_match", endpoint=bench.box.endpoint, scene_id=scene.id, local_id=local)["match"]
    hashes = (match["evidence"]["local_hash"], match["evidence"]["box_hash"])
    assert hashes == (f"{OSHASH + 1:016x}", f"{OSHASH + 1:016x}")
    assert (match["local"]["duration"], match["evidence"]["box_duration"]) == (1200, 1200)
    assert "/screenshot" in match["local"]["image"]


def test_a_rejected_match_counts_nowhere_until_that_is_undone(bench: Bench, mira: Performer, local_mira: str) -> None:
    scene, local = add_pair(bench, 1, mira)
    compare(bench)
    answer = bench.operate("reject_file", endpoint=bench.box.endpoint, scene_id=scene.id, local_id=local)
    age(bench, 31)
    compare(bench)
    assert (listed(bench, "sure"), listed(bench, "rejected")) == ([], [("Local 1", "Remote 1")])
    assert ids_of(bench.find(local_mira)) == [scene.id]
    found = bench.operate("find_owned_files", endpoint=bench.box.endpoint, scene_ids=[scene.id])["found"]
    assert found == {}
    bench.undo(answer["run"]["id"])
    assert ids_of(bench.find(local_mira)) == []


@pytest.mark.usefixtures("whisparr")
def test_whisparr_gets_no_scene_whose_file_is_there(bench: Bench, mira: Performer) -> None:
    scene, _ = add_pair(bench, 1, mira)
    compare(bench)
    asked = bench.asked()
    plan = bench.plan_adds(scene)
    assert (plan["count"], plan["owned"], bench.asked()) == (0, 1, asked)


@pytest.mark.parametrize(("is_on", "is_compared"), [(True, True), (False, False)])
def test_a_scanned_file_is_compared_at_once(bench: Bench, is_on: bool, is_compared: bool) -> None:
    bench.plugin.save_settings(compareNewFiles=is_on)
    compare(bench)
    bench.plugin.run_task("drain")
    bench.world.add_scene("Remote", fingerprints=[Fingerprint(OSHASH, "OSHASH", 1200)])
    bench.plugin.stash.services.configuration.change_general({"stashes": [LIBRARY]})
    bench.plugin.stash.services.disk.drop(VideoFile("/data/new.mp4", oshash=f"{OSHASH:016x}"))
    bench.stash.ask(SCAN, {"input": {}})
    bench.plugin.stash.services.jobs.wait_until_idle()
    assert listed(bench, "sure") == ([("new.mp4", "Remote")] if is_compared else [])


def test_a_box_that_is_down_delays_new_scenes_but_no_other_work(bench: Bench) -> None:
    bench.plugin.save_settings(compareNewFiles=True)
    compare(bench)
    bench.plugin.run_task("drain")
    add_file(bench, 0)
    bench.box.server.take_down()
    answer = bench.task("drain")
    assert (answer["postponed"], answer["failed"], answer["left"]) == (1, 0, 1)
    assert [each for each in bench.operate("heartbeat")["notices"] if each["key"].startswith("queue")] == []


def test_a_wrong_key_is_told_once_and_leaves_new_scenes_to_compare_files(bench: Bench) -> None:
    bench.plugin.save_settings(compareNewFiles=True)
    compare(bench)
    bench.plugin.run_task("drain")
    for number in range(41):  # two batches
        add_file(bench, number)
    bench.box.server.faults.add("unauthorized")
    before = bench.box.server.traffic.total
    answer = bench.task("drain")
    assert (answer["postponed"], answer["failed"], answer["left"]) == (0, 0, 0)
    assert bench.box.server.traffic.total == before + 1
    warnings = [line for line in bench.plugin.stash.services.logbook.messages() if "Start Compare Files" in line]
    assert len(warnings) == 1


@pytest.mark.parametrize(("days", "setting", "started"), [(1, 7, False), (8, 7, True), (8, 0, False)])
def test_an_open_page_compares_again_when_the_last_comparison_is_old(
    bench: Bench, days: int, setting: int, started: bool
) -> None:
    bench.plugin.save_settings(compareFilesDays=setting)
    compare(bench)
    age(bench, days)
    add_file(bench, 0)
    bench.operate("heartbeat")
    bench.plugin.stash.services.jobs.wait_until_idle()
    assert bench.asked("Match") == int(started)
