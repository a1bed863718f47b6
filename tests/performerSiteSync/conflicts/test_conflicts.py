"""Conflicts: when they arise, what each decision does, and that decisions are remembered."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.server import StashBox
from tests.harness.bench import SAVE_BOXES
from tests.performerSiteSync.conftest import Bench


def the_conflict(bench: Bench) -> dict[str, Any]:
    """Return the only open conflict."""
    (conflict,) = bench.operate("conflicts")["conflicts"]
    return dict(conflict)


@pytest.fixture
def namesakes(bench: Bench) -> tuple[int, str, str]:
    """Return an unlinked performer and the ids of two records with her name."""
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss")
    one, other = (bench.world.add_performer("Mira Moss", disambiguation=word, country="NO") for word in ("a", "b"))
    bench.sync()
    return number, one.id, other.id


def test_choosing_a_record_links_and_fills_in_at_once_with_undo(bench: Bench, namesakes: tuple[int, str, str]) -> None:
    number, one, _ = namesakes
    answer = bench.operate("conflict_decide", key=the_conflict(bench)["key"], decision="link", remote_id=one)
    assert (bench.links_of(number), bench.show(number)["country"]) == ([one], "NO")
    assert (bench.operate("conflicts")["count"], answer["run"]["changed"]) == (0, 1)
    bench.undo(answer["run"]["run_id"])
    assert bench.links_of(number) == []


def test_choosing_a_record_asks_its_box_only(bench: Bench, other: StashBox, namesakes: tuple[int, str, str]) -> None:
    bench.configure(bench.box, other, keys=[bench.box.key, "wrong"])
    answer = bench.operate("conflict_decide", key=the_conflict(bench)["key"], decision="link", remote_id=namesakes[1])
    assert (answer["state"], bench.asked(box=other)) == ("finished", 0)


def test_a_refused_record_is_not_proposed_again_and_the_others_decide(
    bench: Bench, namesakes: tuple[int, str, str]
) -> None:
    number, one, other = namesakes
    bench.operate("conflict_decide", key=the_conflict(bench)["key"], decision="not", remote_id=one)
    assert [each["remote_id"] for each in the_conflict(bench)["candidates"]] == [other]
    bench.sync()
    assert bench.links_of(number) == [other]


def test_never_asking_again_outlives_clear_cache_and_can_be_taken_back(
    bench: Bench, namesakes: tuple[int, str, str]
) -> None:
    bench.operate("conflict_decide", key=the_conflict(bench)["key"], decision="never")
    bench.operate("clear_cache")
    asked = bench.asked(operation="Search")
    assert (bench.sync()["run"]["skipped"], bench.asked(operation="Search")) == (1, asked)
    (decision,) = bench.operate("decisions")["decisions"]
    assert (decision["decision"], decision["item"]["label"]) == ("never", "Mira Moss")
    assert "2 records have this name" in decision["reason"]
    bench.operate("decision_take_back", key=decision["key"])
    bench.sync()
    assert bench.operate("conflicts")["counts"] == {"name": 1}


def test_conflicts_outlive_clear_cache(bench: Bench, namesakes: tuple[int, str, str]) -> None:
    bench.operate("clear_cache")
    assert {each["country"] for each in the_conflict(bench)["candidates"]} == {"NO"}


def test_a_link_made_by_hand_closes_the_conflict(bench: Bench, namesakes: tuple[int, str, str]) -> None:
    number, one, _ = namesakes
    bench.stash.performers.update(number, {"stash_ids": [{"endpoint": bench.box.endpoint, "stash_id": one}]})
    bench.sync()
    assert bench.operate("conflicts")["count"] == 0


def test_a_taken_name_is_not_written_but_the_other_fields_are(bench: Bench) -> None:
    bench.set(fieldPolicies="name: overwrite")
    holder = bench.stock.add_performer("Mira Moss")
    number = bench.own(bench.world.add_performer("Mira Moss", country="NO"), name="Mira")
    assert "1 of those planned has a question" in bench.sync(dry_run=True)["message"]
    run = bench.sync()["run"]
    now = bench.show(number)
    assert (now["name"], now["country"], run["conflict_in_part"]) == ("Mira", "NO", 1)
    assert (the_conflict(bench)["what"], the_conflict(bench)["candidates"][0]["id"]) == ("name_taken", str(holder))
    assert all("name" not in values for values in bench.writes())


def test_an_alias_that_is_another_performers_name_is_left_out_and_becomes_a_conflict(bench: Bench) -> None:
    other = bench.stock.add_performer("Em", disambiguation="the other one")
    bench.stock.add_performer("Nell", aliases=["Moss"])  # two performers may share an alias
    number = bench.own(bench.world.add_performer("Mira", aliases=["em", "Moss"]))
    run = bench.sync()["run"]
    assert (bench.show(number)["alias_list"], run["conflict"]) == (["Moss"], 1)
    taken = [each for each in bench.operate("conflicts")["conflicts"] if each["what"] == "name_taken"]
    assert [f"Em ({other})" in each["message"] for each in taken] == [True]


def test_an_alias_another_studio_has_is_left_out_and_becomes_a_conflict(bench: Bench) -> None:
    bench.stock.add_studio("Taken", aliases=["Also Taken"])
    remote = bench.world.add_studio("Site", aliases=["Free", "taken", "also taken"])
    number = bench.own_studio(remote)
    bench.task("update_studios")
    assert bench.show(number, "studio")["aliases"] == ["Free"]
    assert bench.operate("conflicts", kind="studio")["counts"] == {"name_taken": 2}
    writes = bench.writes()
    bench.task("update_studios")
    assert bench.writes() == writes


def test_an_alias_refused_by_the_pattern_check_fails_alone(bench: Bench) -> None:
    """Stash reads `_` in a name as a wildcard, so it refuses names that are free."""
    network = bench.world.add_studio("Network")
    bench.stock.add_studio("Site A")
    bench.own_studio(network)
    number = bench.own_studio(bench.world.add_studio("Other", aliases=["Site_A"], parent=network))
    run = bench.task("update_studios")["run"]
    now = bench.show(number, "studio")
    assert (run["conflict_in_part"], now["aliases"], now["parent_studio"] is None) == (1, [], False)
    assert "Site_A" in the_conflict(bench)["message"]


def test_a_pair_merged_at_the_box_is_a_conflict_that_offers_a_merge(bench: Bench) -> None:
    old, new = bench.world.add_performer("Old"), bench.world.add_performer("New")
    first, second = bench.own(old), bench.own(new)
    bench.world.merge(old, new)
    bench.sync()
    conflict = the_conflict(bench)
    assert (conflict["what"], conflict["local"]["id"], conflict["decisions"]) == (
        "merged",
        str(first),
        ["merge", "never"],
    )
    assert str(second) in [each["id"] for each in conflict["candidates"]]
    bench.operate("conflict_decide", key=conflict["key"], decision="never")
    assert (bench.sync()["run"]["conflict"], bench.operate("conflicts")["count"]) == (0, 0)


def test_a_pair_that_two_boxes_merged_is_one_conflict_and_one_decision(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    old, new = bench.world.add_performer("Old"), bench.world.add_performer("New")
    there_old, there_new = other.world.add_performer("Old"), other.world.add_performer("New")
    bench.own(old, bench.link(there_old, other))
    second = bench.own(new, bench.link(there_new, other))
    bench.world.merge(old, new)
    other.world.merge(there_old, there_new)
    bench.sync()
    conflict = the_conflict(bench)
    shown = bench.operate("conflicts")
    assert (conflict["what"], shown["count"], shown["counts"]) == ("merged", 1, {"merged": 1})
    assert bench.operate("overview")["attention"]["conflict"] == 1
    assert "StashDB and FansDB merged it with New" in conflict["message"]  # in the order of the boxes in Stash
    (mine,) = [each for each in conflict["candidates"] if each["id"] == str(second)]
    assert sorted(mine["evidence"]) == ["FansDB merged the two.", "StashDB merged the two."]
    assert sorted(each["remote_id"] for each in conflict["candidates"] if each["remote_id"]) == sorted(
        [new.id, there_new.id]
    )
    bench.operate("conflict_decide", key=conflict["key"], decision="never")
    assert (bench.operate("conflicts")["count"], bench.operate("decisions")["count"]) == (0, 2)
    bench.operate("conflict_reopen", key=conflict["key"])
    assert (the_conflict(bench)["message"], bench.operate("decisions")["count"]) == (conflict["message"], 0)


def test_two_ids_of_one_box_are_shown_with_both_records(bench: Bench) -> None:
    one, other = bench.world.add_performer("Mira"), bench.world.add_performer("Nell")
    bench.own(one, bench.link(other))
    bench.sync()
    assert {each["name"] for each in the_conflict(bench)["candidates"]} == {"Mira", "Nell"}


def test_one_of_two_ids_is_kept_and_the_other_returns_by_undo(bench: Bench) -> None:
    one, other = bench.world.add_performer("Mira", country="NO"), bench.world.add_performer("Nell", country="SE")
    number = bench.own(one, bench.link(other))
    bench.sync()
    conflict = the_conflict(bench)
    answer = bench.operate("conflict_decide", key=conflict["key"], decision="link", remote_id=other.id)
    assert (bench.links_of(number), bench.operate("conflicts")["count"]) == ([other.id], 0)
    bench.sync()
    assert bench.show(number)["country"] == "SE"
    bench.undo(answer["run"]["run_id"])
    assert set(bench.links_of(number)) == {one.id, other.id}


def test_links_whose_record_is_gone_are_listed(bench: Bench) -> None:
    gone = bench.world.add_performer("Gone")
    number = bench.own(gone)
    bench.world.delete(gone)
    bench.sync()
    (row,) = bench.operate("gone")["gone"]
    assert (row["item"], row["box"]) == ({"kind": "performer", "id": str(number), "label": "Gone"}, "StashDB")
    bench.refuse_sql()
    assert bench.operate("gone")["gone"] == [row]
    answer = bench.operate("unlink", id=number, endpoint=row["endpoint"], remote_id=row["remote_id"])
    assert (bench.links_of(number), bench.operate("gone")["count"], answer["run"]["changed"]) == ([], 0, 1)
    bench.undo(answer["run"]["run_id"])
    assert bench.links_of(number) == [gone.id]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"key": "nothing", "decision": "never"}, "no longer open"),
        ({"decision": "perhaps"}, "must be one of"),
        ({"decision": "link"}, "needs the record"),
    ],
)
def test_an_impossible_decision_says_why(
    bench: Bench, namesakes: tuple[int, str, str], args: dict[str, str], message: str
) -> None:
    with pytest.raises(Exception, match=message):
        bench.operate("conflict_decide", **{"key": the_conflict(bench)["key"], **args})


def test_a_record_linked_to_another_performer_cannot_be_chosen(bench: Bench, namesakes: tuple[int, str, str]) -> None:
    number, one, _ = namesakes
    bench.stock.add_performer("Other Name", stash_ids=[bench.link(bench.world.performers[one])])
    with pytest.raises(Exception, match="has this record already"):
        bench.operate("conflict_decide", key=the_conflict(bench)["key"], decision="link", remote_id=one)
    assert bench.links_of(number) == []


def test_a_record_linked_elsewhere_since_the_plan_is_refused(bench: Bench) -> None:
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss")
    mira = bench.world.add_performer("Mira Moss", country="NO")
    plan = bench.sync(dry_run=True)["run"]
    rival = bench.own(mira, name="Somebody Else")
    run = bench.operate("plan_apply", plan_id=plan["plan_id"])["run"]
    assert (run["totals"]["conflict"], bench.links_of(number), bench.show(number)["country"] or "") == (1, [], "")
    assert f"Somebody Else ({rival})" in str(bench.operate("history_changes", run_id=run["id"]))


def test_conflicts_of_deleted_performers_are_closed(bench: Bench, namesakes: tuple[int, str, str]) -> None:
    bench.stash.ask("mutation Gone($id: ID!) { performerDestroy(input: {id: $id}) }", {"id": str(namesakes[0])})
    assert [bench.operate("conflicts")["count"] for _ in range(2)] == [0, 0]


def test_conflicts_with_an_unused_box_are_hidden_until_it_is_used_again(
    bench: Bench, other: StashBox, namesakes: tuple[int, str, str]
) -> None:
    bench.configure(other)
    resting = bench.operate("conflicts")
    assert (resting["count"], resting["counts"], resting["conflicts"]) == (0, {}, [])
    assert resting["asleep"] == {"boxes": [bench.box.endpoint], "count": 1}
    assert bench.operate("overview")["attention"]["conflict"] == 0
    bench.configure(bench.box, other)
    assert (the_conflict(bench)["box"], bench.operate("conflicts")["asleep"]["count"]) == ("StashDB", 0)
    bench.set(enableStashDB=False)
    assert bench.operate("conflicts")["count"] == 0
    bench.operate("conflicts_drop")
    bench.set(enableStashDB=True)
    assert bench.operate("conflicts")["count"] == 0
    bench.sync()
    assert bench.operate("conflicts")["count"] == 1


def test_a_conflict_is_decided_although_the_endpoint_got_a_slash(bench: Bench, namesakes: tuple[int, str, str]) -> None:
    row = {"endpoint": f"{bench.box.endpoint}/", "api_key": bench.box.key, "name": "StashDB"}
    bench.stash.ask(SAVE_BOXES, {"boxes": [row]})
    answer = bench.operate("conflict_decide", key=the_conflict(bench)["key"], decision="link", remote_id=namesakes[1])
    assert (answer["run"]["changed"], bench.links_of(namesakes[0])) == (1, [namesakes[1]])


def test_two_on_one_record_are_one_conflict_whoever_is_updated(bench: Bench) -> None:
    mira = bench.world.add_performer("Mira", country="NO")
    first, second = bench.own(mira), bench.own(mira, disambiguation="again")
    for number in (first, second):
        bench.operate("update_one", id=number)
        assert the_conflict(bench)["item"]["id"] == str(second)
    run = bench.sync()["run"]
    conflict = the_conflict(bench)
    assert (conflict["what"], conflict["decisions"]) == ("shared", ["merge", "never"])
    assert [each["id"] for each in conflict["candidates"]] == [None, str(first)]
    assert (run["conflict"], bench.show(first)["country"], bench.show(second)["country"]) == (1, "NO", "NO")
    bench.operate("conflict_decide", key=conflict["key"], decision="never")
    assert (bench.sync()["run"]["conflict"], bench.operate("conflicts")["count"]) == (0, 0)


def test_the_conflict_of_two_on_one_record_ends_with_the_second_link(bench: Bench) -> None:
    mira = bench.world.add_performer("Mira")
    first, second = bench.own(mira), bench.own(mira, disambiguation="again")
    bench.sync()
    bench.stash.performers.update(second, {"stash_ids": []})
    bench.sync()
    kinds = [each["what"] for each in bench.operate("conflicts")["conflicts"]]
    assert ("shared" in kinds, bench.links_of(first)) == (False, [mira.id])


@pytest.mark.parametrize("decision", ["link", "not", "never"])
def test_a_decision_is_taken_back_with_the_same_conflict_open_again(
    bench: Bench, namesakes: tuple[int, str, str], decision: str
) -> None:
    number, one, _ = namesakes
    before = the_conflict(bench)
    answer = bench.operate("conflict_decide", key=before["key"], decision=decision, remote_id=one)
    if answer["run"]:
        bench.undo(answer["run"]["run_id"])
    bench.operate("conflict_reopen", key=before["key"], remote_id="" if decision == "never" else one)
    assert [each["remote_id"] for each in the_conflict(bench)["candidates"]] == [
        each["remote_id"] for each in before["candidates"]
    ]
    assert (bench.links_of(number), bench.operate("decisions")["count"]) == ([], 0)
