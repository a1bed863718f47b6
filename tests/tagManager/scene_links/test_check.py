"""The check of all links: which ones it doubts and why, and what it asks the box."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace

from sandbox.stashbox.model import PrintVote, Scene
from sandbox.stashbox.notifications import MOVED, move_fingerprint
from sandbox.stashbox.server import StashBox
from shared.runtime.clock import SYSTEM_CLOCK
from shared.stash_box.scene_answers import SceneAnswers
from tests.tagManager.scene_links.conftest import Clinic


def test_a_right_link_is_not_doubted(clinic: Clinic) -> None:
    file = clinic.make_file()
    clinic.own(clinic.add_remote("Hill", file), file)
    clinic.own(clinic.add_remote("Unknown file there"), clinic.make_file(1210))
    assert clinic.check()["found"] == 0
    assert clinic.rows() == []


def test_a_file_of_another_record_is_doubted_and_the_right_record_proposed(clinic: Clinic) -> None:
    scene, wrong, right = clinic.mix_up()
    assert clinic.check()["message"] == "1 link of 1 is doubtful."
    (row,) = clinic.rows()
    assert (row["scene"]["id"], row["remote"]["id"], row["target"]["id"]) == (scene, wrong.id, right.id)
    assert [each["code"] for each in row["reasons"]] == ["elsewhere", "length"]
    assert row["score"] >= 90
    match = row["target"]["match"]
    assert (match["by"], match["distance"], match["votes"], match["doubt"]) == ("oshash", 0, 3, "")
    assert (row["remote"]["title"], row["remote"]["duration"], row["scene"]["lengths"]) == ("Wrong", 600, [1200])


def test_a_length_far_off_is_doubted_without_any_known_hash(clinic: Clinic) -> None:
    scene = clinic.own(clinic.add_remote("Short", duration=300), clinic.make_file(1800))
    near = clinic.own(clinic.add_remote("Recut", duration=1200), clinic.make_file(1260))
    clinic.check()
    assert clinic.codes() == {scene: ["length"]}
    assert near not in clinic.codes()


def test_a_length_that_several_users_have_submitted_is_that_of_another_version(clinic: Clinic) -> None:
    file = clinic.make_file(1800)
    clinic.own(clinic.add_remote("Long cut", file, duration=1200, votes=2), file)
    alone = clinic.make_file(1800)
    doubted = clinic.own(clinic.add_remote("Only mine", alone, duration=1200, votes=1), alone)
    clinic.check()
    assert clinic.codes() == {doubted: ["length"]}
    assert clinic.rows()[0]["score"] == 30


def test_two_scenes_with_one_link_are_compared_with_each_other(clinic: Clinic) -> None:
    file = clinic.make_file()
    remote = clinic.add_remote("Hill", file)
    first, copy = clinic.own(remote, file), clinic.own(remote, replace(file, path="/media/copy.mp4"))
    parts = clinic.add_remote("Two parts", duration=2400)
    halves = [clinic.own(parts, clinic.make_file(each)) for each in (1300, 1100)]
    other = clinic.add_remote("Lake", clinic.make_file())
    different = [clinic.own(other, clinic.make_file(each)) for each in (1200, 1190)]
    clinic.check()
    codes = clinic.codes(kind="shared")
    assert {codes[each][0] for each in (first, copy)} == {"shared_same"}
    assert all("shared_part" in codes[each] for each in halves)
    assert all("shared_other" in codes[each] for each in different)
    (row,) = [row for row in clinic.rows(kind="shared") if row["scene"]["id"] == first]
    assert row["reasons"][0]["scenes"] == [copy]


def test_deleted_merged_and_unknown_records_are_listed_without_a_request_of_their_own(clinic: Clinic) -> None:
    world = clinic.bench.world
    gone, merged, unknown = (clinic.add_remote(name) for name in ("Gone", "Old", "Never"))
    kept = clinic.add_remote("New")
    scenes = [clinic.own(each, clinic.make_file()) for each in (gone, merged, unknown)]
    world.delete(gone)
    world.merge(merged, into=kept)
    world.forget(unknown)
    clinic.bench.sync()
    before = clinic.bench.asked()
    clinic.check()
    assert clinic.bench.asked() == before, "the sync has asked about all of them"
    assert clinic.codes() == dict(zip(scenes, (["deleted"], ["merged"], ["missing"])))
    (row,) = [row for row in clinic.rows() if row["scene"]["id"] == scenes[1]]
    assert (row["target"]["id"], row["target"]["title"]) == (kept.id, "New")


def test_only_doubted_scenes_are_asked_about_once_more_forty_in_one_request(clinic: Clinic) -> None:
    for number in range(50):
        file = clinic.make_file()
        clinic.own(clinic.add_remote(f"Right {number}", file), file)
    for number in range(3):
        clinic.mix_up(f"Wrong {number}")
    clinic.bench.sync()
    clinic.bench.box.server.traffic.clear()
    assert clinic.check()["found"] == 3
    assert clinic.bench.asked("Match") == 1
    assert clinic.bench.asked() == 0
    clinic.bench.box.server.traffic.clear()
    assert clinic.check()["found"] == 3
    assert clinic.bench.asked("Match") == 0, "answers are kept while the files stay the same"
    assert clinic.check(full=True)["found"] == 3
    assert clinic.bench.asked("Match") > 1


def test_a_library_that_was_synced_by_an_earlier_version_is_asked_about_once(clinic: Clinic) -> None:
    scene, _, _ = clinic.mix_up()
    clinic.bench.sync()
    with contextlib.closing(sqlite3.connect(clinic.bench.plugin.state_dir / "state.sqlite3")) as db, db:
        db.execute("DELETE FROM scene_facts")
    clinic.check()
    assert list(clinic.codes()) == [scene]
    clinic.bench.box.server.traffic.clear()
    clinic.check()
    assert clinic.bench.asked("Match") + clinic.bench.asked() == 0


def test_answers_that_another_plugin_shares_lack_fingerprints_so_the_check_asks_itself(clinic: Clinic) -> None:
    bench = clinic.bench
    scene, _, _ = clinic.mix_up()
    folder = str(bench.plugin.state_dir.parent / "shared")
    shared = SceneAnswers(folder, bench.box.endpoint, "performerSiteSync", SYSTEM_CLOCK)
    shared.find_readers(is_pass=True)
    bench.sync(strategy="ids")
    clinic.check()
    assert clinic.codes() == {scene: ["elsewhere", "length"]}
    bench.box.server.traffic.clear()
    clinic.check()
    assert bench.asked("Match") + bench.asked() == 0


def test_a_fingerprint_that_clearly_more_users_have_at_another_record_is_doubted(clinic: Clinic) -> None:
    file, twin = clinic.make_file(), clinic.make_file()
    few = clinic.add_remote("Few", file, votes=1)
    clinic.add_remote("Many", file, votes=9)
    scene = clinic.own(few, file)
    clinic.own(clinic.add_remote("Twin", twin, votes=3), twin)
    clinic.add_remote("Twin again", twin, votes=3)
    clinic.check()
    assert clinic.codes() == {scene: ["stronger"]}


def test_a_box_that_fails_midway_is_asked_only_for_the_rest_by_the_next_check(clinic: Clinic) -> None:
    for number in range(45):
        clinic.mix_up(f"Wrong {number}")
    clinic.bench.sync()
    down = clinic.bench.box.server.faults.add("server_error", operation="Match", after=1)
    assert "StashDB" in clinic.check()["problems"]
    shown = clinic.bench.operate("doctor_list", kind="elsewhere")
    assert (shown["count"], list(shown["problems"])) == (40, ["StashDB"])
    clinic.bench.box.server.faults.remove(down)
    clinic.bench.box.server.traffic.clear()
    assert clinic.check()["problems"] == {}
    assert len(clinic.codes(kind="elsewhere", page_size=100)) == 45
    asked = [each.json()["variables"]["groups"] for each in clinic.bench.box.server.traffic.requests("Match")]
    assert sum(map(len, asked)) == 5


def test_a_box_that_fails_while_checking_leaves_a_partial_result(clinic: Clinic) -> None:
    scene, _, _ = clinic.mix_up()
    clinic.bench.sync()
    clinic.bench.box.server.faults.add("server_error", operation="Match")
    result = clinic.check()
    assert "StashDB" in result["problems"]
    assert clinic.codes() == {scene: ["length"]}
    clinic.bench.box.server.faults.clear()
    assert clinic.check()["problems"] == {}
    assert clinic.codes() == {scene: ["elsewhere", "length"]}


def submit_and_move(clinic: Clinic, *, is_subscribed: bool = True) -> tuple[int, Scene, Scene]:
    """Link a scene, submit its picture hash as the key's user, and let a moderator move that to another record."""
    file = clinic.make_file()
    source, target = clinic.add_remote("Source", file), clinic.add_remote("Target")
    (account,) = clinic.bench.world.accounts.values()
    account.votes[(source.id, "PHASH", int(file.phash, 16))] = PrintVote(1, 1200)
    account.subscriptions += [MOVED] if is_subscribed else []
    move_fingerprint(clinic.bench.world, source, target, int(file.phash, 16))
    return clinic.own(source, file), source, target


def test_a_fingerprint_that_a_moderator_moved_leads_to_the_other_record(clinic: Clinic) -> None:
    scene, _, target = submit_and_move(clinic)
    clinic.check()
    (row,) = clinic.rows(kind="moved")
    assert (row["scene"]["id"], row["target"]["id"], row["reasons"][0]["code"]) == (scene, target.id, "moved")
    (account,) = clinic.bench.world.accounts.values()
    account.notices.clear()
    clinic.check()
    assert list(clinic.codes(kind="moved")) == [scene], "a box forgets a notice after 14 days, the plugin does not"


def test_a_user_without_the_subscription_is_told_where_to_get_it(clinic: Clinic) -> None:
    submit_and_move(clinic, is_subscribed=False)
    clinic.check()
    assert clinic.bench.operate("doctor_list")["unsubscribed"] == ["StashDB"]
    assert clinic.rows(kind="moved") == []


def test_the_notice_of_a_removed_scene_hides_no_other_notice(clinic: Clinic) -> None:
    _, gone, _ = submit_and_move(clinic)
    scene, _, _ = submit_and_move(clinic)
    clinic.bench.world.forget(gone)
    clinic.check()
    assert list(clinic.codes(kind="moved")) == [scene]


def test_a_box_without_such_notices_is_checked_all_the_same(clinic: Clinic) -> None:
    with StashBox(clinic.bench.world, profile="old") as old:
        clinic.bench.box = old
        clinic.bench.configure(old)
        scene, _, _ = clinic.mix_up()
        assert clinic.check()["problems"] == {}
        assert list(clinic.codes()) == [scene]


def test_what_a_box_said_about_scenes_that_are_gone_or_unlinked_is_forgotten(clinic: Clinic) -> None:
    files = [clinic.make_file() for _ in range(3)]
    remotes = [clinic.add_remote(f"Hill {number}", file) for number, file in enumerate(files)]
    scenes = [clinic.own(*each) for each in zip(remotes, files)]
    clinic.mix_up()
    clinic.check()
    clinic.bench.stash.ask("mutation Destroy($id: ID!) { sceneDestroy(input: {id: $id}) }", {"id": scenes[0]})
    clinic.bench.stash.scenes.update(scenes[1], {"stash_ids": []})
    clinic.check()
    with sqlite3.connect(clinic.bench.plugin.state_dir / "state.sqlite3") as db:
        known = {row[0] for row in db.execute("SELECT id FROM scene_facts")}
    assert remotes[2].id in known and not {remotes[0].id, remotes[1].id} & known
