"""Giving back: which fingerprints are offered, what the boxes get, what failed, and what an undo takes back."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint, PrintVote, Scene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from shared.errors import GraphQLFailed
from tests.tagManager.conftest import LOOK_UP, Bench

SUBMIT, VOTE = "Submit", "Vote"
LENGTH = 1471.0


def make_file(number: int, **values: Any) -> VideoFile:
    """Return a file with two fingerprints that no other number has."""
    given = {"oshash": f"a{number:015x}", "phash": f"b{number:015x}", "duration": LENGTH, **values}
    return VideoFile(f"/media/{number}.mp4", **given)


def own(bench: Bench, number: int, **values: Any) -> tuple[int, Scene]:
    """Add a scene to the box and, linked and with a file, to the library; return both."""
    remote = bench.world.add_scene(f"Scene {number}", **{"duration": int(LENGTH), **values})
    return bench.own(remote, file=make_file(number)), remote


def votes(box: StashBox, *, vote: int = 1) -> list[str]:
    """Return the hashes that the key's user submitted, or reported."""
    cast = box.world.accounts[box.key].votes
    return sorted(
        f"{algorithm.lower()} {value:016x}" for (_, algorithm, value), each in cast.items() if each.vote == vote
    )


def rows(bench: Bench, plan: Any) -> list[tuple[str, str, str]]:
    """Return item, outcome and reason or message of each row of a plan, as the page shows them."""
    found = bench.operate("plan_list", plan_id=plan["plan_id"])["changes"]
    return [(row["item"]["label"], row["outcome"], row["message"] or row["reason"]) for row in found]


@pytest.fixture
def giving(bench: Bench) -> Bench:
    """Return the bench with submitting switched on."""
    bench.plugin.save_settings(offerFingerprints=True)
    return bench


def test_nothing_is_asked_or_sent_before_the_user_switches_it_on(bench: Bench) -> None:
    own(bench, 1)
    with pytest.raises(GraphQLFailed, match="Switch on Offer Fingerprints in the settings"):
        bench.operate("giving_start")
    with pytest.raises(AssertionError, match="switched off"):
        bench.task("giving_plan")
    assert (bench.operate("giving_state"), bench.asked()) == ({"is_on": False, "prints": 0, "scenes": 0}, 0)


def test_the_fingerprints_of_linked_scenes_are_planned_by_scene_and_sent_once(giving: Bench) -> None:
    own(giving, 1), own(giving, 2)
    plan = giving.task("giving_plan")
    assert rows(giving, plan) == [(f"Scene {n}", "planned", "The file is 24:31 long.") for n in (1, 1, 2, 2)]
    assert votes(giving.box) == []
    run = giving.apply(plan)
    assert (run["title"], run["totals"]["changed"]) == ("Submitted 4 fingerprints of 2 scenes to StashDB", 2)
    assert votes(giving.box) == [f"{kind}{n:015x}" for kind in ("oshash a", "phash b") for n in (1, 2)]
    assert {each.duration for each in giving.world.accounts[giving.box.key].votes.values()} == {int(LENGTH)}
    assert (giving.asked(LOOK_UP), giving.asked(SUBMIT)) == (2, 1)  # once for the plan, once before the write
    giving.box.server.traffic.clear()
    assert giving.task("giving_plan")["plan_id"] is None
    assert (giving.asked(LOOK_UP), giving.operate("giving_state")["prints"]) == (0, 4)


def test_41_scenes_cost_two_look_ups_and_later_only_a_new_scene_is_asked_about(giving: Bench) -> None:
    for number in range(41):
        own(giving, number)
    giving.apply(giving.task("giving_plan"))
    assert (giving.asked(LOOK_UP), giving.asked(SUBMIT)) == (4, 2)
    own(giving, 99)
    giving.box.server.traffic.clear()
    assert (giving.task("giving_plan")["items"], giving.asked(LOOK_UP)) == (1, 1)


def test_an_undo_removes_the_votes_and_no_plan_of_many_offers_them_again(giving: Bench) -> None:
    scene, remote = own(giving, 1)
    run = giving.apply(giving.task("giving_plan"))
    giving.stash.scenes.update(scene, {"stash_ids": []})  # the link was wrong: the undo works without it
    giving.plugin.save_settings(offerFingerprints=False)
    undone = giving.undo(run["id"])["run"]
    assert (undone["totals"]["changed"], votes(giving.box)) == (1, [])
    giving.plugin.save_settings(offerFingerprints=True)
    giving.stash.scenes.update(scene, {"stash_ids": [giving.link(remote)._asdict()]})
    assert giving.task("giving_plan")["plan_id"] is None
    assert giving.operate("giving_scene", scene_id=scene)["items"] == 1, "a person who looks at the scene may decide"


def test_what_the_tagger_sent_and_what_the_user_reported_is_left_alone(giving: Bench) -> None:
    _, remote = own(giving, 1, fingerprints=[Fingerprint(0xB << 60 | 1, "PHASH", 1471)])
    account = giving.world.accounts[giving.box.key]
    account.votes[(remote.id, "OSHASH", 0xA << 60 | 1)] = PrintVote(1, 1471)
    account.votes[(remote.id, "PHASH", 0xB << 60 | 1)] = PrintVote(-1, 1471)
    giving.world.change(remote, fingerprints=[*remote.fingerprints, Fingerprint(0xA << 60 | 1, "OSHASH", 1471, 0)])
    plan = giving.task("giving_plan")
    assert rows(giving, plan) == [("Scene 1", "skipped", "You reported this fingerprint at StashDB as wrong.")]
    assert giving.operate("giving_state")["prints"] == 1


def test_scenes_that_are_gone_at_the_box_are_named_with_the_next_step(giving: Bench) -> None:
    (_, deleted), (_, forgotten), (_, merged) = own(giving, 1), own(giving, 2), own(giving, 3)
    giving.world.delete(deleted)
    giving.world.merge(merged, into=giving.world.add_scene("Other"))
    giving.world.forget(forgotten)
    found = rows(giving, giving.task("giving_plan"))
    gone = "StashDB deleted or merged this scene. Repair the link of the scene first."
    unknown = f"StashDB does not have this scene ({forgotten.id}). Repair the link of the scene first."
    assert sorted(found) == [
        ("Scene 1", "skipped", gone),
        ("Scene 2", "skipped", unknown),
        ("Scene 3", "skipped", gone),
    ]


def test_a_file_of_another_length_is_offered_only_to_a_person_who_looks_at_the_scene(giving: Bench) -> None:
    scene, _ = own(giving, 1, duration=600)
    (row,) = rows(giving, giving.task("giving_plan"))
    doubt = "The file is 24:31 long, but StashDB says 10:00: is it the right scene?"
    step = "If it is, submit the fingerprints from the scene's page; else repair its link."
    assert row == ("Scene 1", "skipped", f"{doubt} {step}")
    chosen = giving.operate("giving_scene", scene_id=scene)
    assert rows(giving, chosen) == [("Scene 1", "planned", doubt)] * 2
    giving.apply(chosen)
    assert len(votes(giving.box)) == 2


def test_a_link_that_the_doctor_doubts_waits_until_a_person_calls_it_right(giving: Bench) -> None:
    scene, remote = own(giving, 1, duration=600)
    giving.task("doctor_check")
    doubted = rows(giving, giving.task("giving_plan"))
    message = "The Link doctor doubts this link. Repair it there, or call it right."
    assert doubted == [("Scene 1", "skipped", message)]
    (_, _, why), _ = rows(giving, giving.operate("giving_scene", scene_id=scene))
    assert why.endswith("is it the right scene? The Link doctor doubts this link.")
    key = {"scene_id": scene, "endpoint": giving.box.endpoint, "remote_id": remote.id}
    giving.operate("doctor_right", **key, is_right=True)
    assert giving.apply(giving.task("giving_plan"))["totals"]["changed"] == 1, (
        "a confirmed link may have another length"
    )
    assert len(votes(giving.box)) == 2


def test_a_link_or_file_that_changed_after_the_plan_is_a_conflict_and_nothing_is_sent(giving: Bench) -> None:
    (first, _), (second, _) = own(giving, 1), own(giving, 2)
    plan = giving.task("giving_plan")
    other = giving.world.add_scene("Other")
    giving.stash.scenes.update(first, {"stash_ids": [giving.link(other)._asdict()]})
    giving.stash.ask("mutation Drop($id: ID!) { sceneDestroy(input: {id: $id}) }", {"id": str(second)})
    run = giving.apply(plan)
    assert (run["totals"]["conflict"], run["totals"]["failed"], giving.asked(SUBMIT)) == (1, 1, 0)
    assert "not linked to this scene of the box any more" in str(run["reasons"])


def test_a_scene_that_the_box_deletes_after_the_plan_fails_alone_and_is_offered_again(giving: Bench) -> None:
    own(giving, 1)
    _, gone = own(giving, 2)
    plan = giving.task("giving_plan")
    giving.world.delete(gone)
    run = giving.apply(plan)
    assert (run["state"], run["totals"]["changed"], run["totals"]["failed"]) == ("partial", 1, 1)
    assert "StashDB did not take this fingerprint: invalid or deleted scene." in str(run["reasons"])
    assert len(votes(giving.box)) == 2 and giving.operate("giving_state")["prints"] == 2


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ({"kind": "unauthorized"}, "API key of StashDB under Settings"),
        ({"kind": "answer", "status": 403, "content": "no"}, "API key of StashDB under Settings"),
        ({"kind": "graphql_error", "message": "not authorized"}, "it lacks a role"),
    ],
    ids=str,
)
def test_a_refusal_of_the_box_ends_the_run_with_a_sentence_and_the_next_apply_goes_on(
    giving: Bench, fault: dict[str, Any], text: str
) -> None:
    own(giving, 1)
    plan = giving.task("giving_plan")
    giving.box.server.faults.add(operation=SUBMIT, **fault)
    with pytest.raises(GraphQLFailed, match=text):
        giving.apply(plan)
    (run,) = giving.operate("history_list")["runs"]
    assert (run["state"], votes(giving.box)) == ("failed", [])
    giving.box.server.faults.clear()
    assert giving.apply(plan)["totals"]["changed"] == 1 and len(votes(giving.box)) == 2


def test_a_limit_of_the_box_ends_the_run_with_the_time_of_the_next_try(giving: Bench) -> None:
    own(giving, 1)
    plan = giving.task("giving_plan")
    giving.box.server.faults.add("rate_limited", retry_after=600, operation=SUBMIT)
    with pytest.raises(GraphQLFailed, match=r"StashDB .* asks to slow down .* It takes requests again in 10 minutes"):
        giving.apply(plan)
    assert (giving.operate("history_list")["runs"][0]["state"], votes(giving.box)) == ("failed", [])


@pytest.mark.parametrize("kind", ["hang", "stall"])
def test_a_task_that_is_killed_while_it_sends_leaves_the_truth(giving: Bench, kind: str) -> None:
    """With "hang" the box has not got the request, with "stall" it has, and only its answer is missing."""
    for number in range(45):
        own(giving, number)
    plan = giving.task("giving_plan")
    stuck = giving.box.server.faults.add(kind, operation=SUBMIT, on=[2])
    job = giving.operate("plan_apply", plan_id=plan["plan_id"])["job_id"]
    giving.box.server.traffic.wait_for_requests(2, SUBMIT)
    giving.stop_job(job)
    giving.plugin.wait_for(job)
    giving.box.server.faults.remove(stuck)
    assert len(votes(giving.box)) == (80 if kind == "hang" else 90)
    giving.box.server.traffic.clear()
    run = giving.apply(plan)
    assert (run["totals"]["changed"], run["totals"]["failed"], len(votes(giving.box))) == (45, 0, 90)
    assert giving.asked(SUBMIT) == (1 if kind == "hang" else 0)
    assert giving.task("giving_plan")["plan_id"] is None


def test_a_box_that_fails_is_named_and_the_others_get_their_fingerprints(giving: Bench, other: StashBox) -> None:
    giving.configure(giving.box, other)
    remote, theirs = giving.world.add_scene("One"), other.world.add_scene("One")
    giving.own(remote, giving.link(theirs, other), file=make_file(1))
    other.server.faults.add("unauthorized")
    plan = giving.task("giving_plan")
    assert list(plan["problems"]) == ["OtherBox"] and plan["items"] == 1
    run = giving.apply(plan)
    assert (run["state"], len(votes(giving.box)), votes(other)) == ("partial", 2, [])
    other.server.faults.clear()
    giving.apply(giving.task("giving_plan"))
    assert (len(votes(giving.box)), len(votes(other)), giving.asked(SUBMIT)) == (2, 2, 1)


def own_at_both(giving: Bench, other: StashBox, count: int) -> None:
    """Configure two boxes and add scenes to the library that are linked to both."""
    giving.configure(giving.box, other)
    for number in range(count):
        remote, theirs = giving.world.add_scene(f"Scene {number}"), other.world.add_scene(f"Scene {number}")
        giving.own(remote, giving.link(theirs, other), file=make_file(number))


def test_a_scene_of_several_boxes_is_one_item_and_counts_once(giving: Bench, other: StashBox) -> None:
    own_at_both(giving, other, 3)
    plan = giving.task("giving_plan")
    run = giving.apply(plan)
    assert (plan["items"], run["title"]) == (3, "Submitted 12 fingerprints of 3 scenes to StashDB, OtherBox")
    assert giving.operate("giving_state") == {"is_on": True, "prints": 12, "scenes": run["totals"]["changed"]}


def test_a_box_that_fails_after_the_plan_loses_nothing_of_the_other_box(giving: Bench, other: StashBox) -> None:
    own_at_both(giving, other, 3)
    plan = giving.task("giving_plan")
    other.server.faults.add("unauthorized")
    with pytest.raises(GraphQLFailed, match="API key of OtherBox"):
        giving.apply(plan)
    other.server.faults.clear()
    giving.apply(giving.task("giving_plan"))
    assert (len(votes(giving.box)), len(votes(other))) == (6, 6)


def test_when_no_box_answers_the_plan_is_an_error(giving: Bench) -> None:
    own(giving, 1)
    giving.box.server.faults.add("unauthorized")
    with pytest.raises(AssertionError, match="StashDB"):
        giving.task("giving_plan")


def test_an_older_box_gets_them_one_by_one_and_gives_them_back(giving: Bench) -> None:
    with StashBox(World("old"), profile="old") as old:
        giving.configure(old)
        remote = old.world.add_scene("S", duration=int(LENGTH))
        giving.stock.add_scene("S", stash_ids=[giving.link(remote, old)], file=make_file(1))
        run = giving.apply(giving.task("giving_plan"))
        assert (len(votes(old)), giving.asked(VOTE, old)) == (2, 1)
        giving.undo(run["id"])
        assert votes(old) == []


def test_thepornddb_gets_what_it_lacks_and_the_plan_says_that_it_stays(giving: Bench) -> None:
    with Tpdb(World("tpdb")) as tpdb, pytest.MonkeyPatch.context() as patch:
        patch.setenv("STASH_BUNDLE_TPDB", f'{{"127.0.0.1:{tpdb.server.port}": "{tpdb.rest_url}"}}')
        giving.configure(tpdb)
        known = [Fingerprint(0xA << 60 | 1, "OSHASH", 1471)]
        remote = tpdb.world.add_scene("S", duration=int(LENGTH), fingerprints=known)
        giving.stock.add_scene("S", stash_ids=[giving.link(remote, tpdb)], file=make_file(1))
        plan = giving.task("giving_plan")
        assert giving.operate("plan_list", plan_id=plan["plan_id"])["undo"]["kind"] == "none"
        run = giving.apply(plan)
        assert (run["totals"]["changed"], run["undoable"], votes(tpdb)) == (1, 0, [f"phash b{1:015x}"])


def test_scenes_without_fingerprints_or_length_are_told(giving: Bench) -> None:
    giving.own(giving.world.add_scene("Bare"))
    remote = giving.world.add_scene("Blank")
    giving.own(remote, file=make_file(1, duration=0.0))
    plan = giving.task("giving_plan")
    assert plan["message"] == "1 scene without a fingerprint: generate them in Stash."
    assert rows(giving, plan) == [
        ("Blank", "skipped", "Stash does not know the length of the file. Scan the file again.")
    ]


def test_a_link_in_another_spelling_of_the_endpoint_counts(giving: Bench) -> None:
    remote = giving.world.add_scene("S", duration=int(LENGTH))
    link = giving.link(remote)._replace(endpoint=f"{giving.box.endpoint}/")
    giving.stock.add_scene("S", stash_ids=[link], file=make_file(1))
    run = giving.apply(giving.task("giving_plan"))
    assert run["totals"]["changed"] == 1
    giving.undo(run["id"])
    boxes = [{"endpoint": f"{giving.box.endpoint}/", "api_key": giving.box.key, "name": "StashDB"}]
    giving.plugin.stash.services.configuration.change_general({"stashBoxes": boxes})
    assert giving.task("giving_plan")["plan_id"] is None, "what was taken back stays away in any spelling"
