"""The review: library values beside every box's, and the reason why a field is written or not."""

from __future__ import annotations

from typing import Any

from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench


def fields_of(review: dict[str, Any], place: int = 0) -> dict[str, dict[str, Any]]:
    return {each["field"]: each for each in review["items"][place]["fields"]}


def test_the_review_shows_both_boxes_beside_the_library_with_reasons(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    there = other.world.add_performer("Mira", country="DK", hair_color="RED", images=[other.world.add_picture()])
    mira = bench.world.add_performer("Mira Moss", country="SE", hair_color="BLACK", aliases=["Em"])
    number = bench.own(mira, bench.link(there, other), name="Mira", country="NO")
    plan = bench.sync(dry_run=True)["run"]
    asked = bench.asked() + bench.asked(box=other)
    review = bench.operate("review", plan_id=plan["plan_id"])
    shown = fields_of(review)
    assert [(each["box"], each["value"]) for each in shown["country"]["offers"]] == [
        ("StashDB", "SE"),
        ("FansDB", "DK"),
    ]
    assert (shown["country"]["value"], shown["country"]["changes"]) == ("NO", [])
    assert "empty fields" in shown["country"]["why"] and "FansDB says Red" in shown["hair_color"]["why"]
    assert [each["after"] for each in shown["alias_list"]["changes"]] == ["Em", "Mira Moss"]
    assert shown["image"]["offers"][0]["value"].startswith("http") and shown["image"]["why"] == "Image Updates is off."
    (item,) = review["items"]
    assert [each["state"] for each in item["sources"]] == ["found", "found"]
    assert (item["local"]["id"], review["count"], review["selected"]) == (str(number), 1, review["changes"])
    assert bench.asked() + bench.asked(box=other) == asked


def test_the_review_shows_locks_and_the_record_of_a_planned_link(bench: Bench) -> None:
    number = bench.stock.add_performer("Mira Moss", birthdate="1990-05-03", eye_color="Blue")
    bench.world.add_performer("Mira Moss", birth_date="1990-05-03", eye_color="GREEN", country="NO")
    bench.operate("lock_set", id=number, field="eye_color", is_locked=True)
    bench.sync(dry_run=True)
    review = bench.operate("review", kind="performer")
    shown = fields_of(review)
    assert (shown["eye_color"]["lock"], shown["eye_color"]["why"]) == ("hand", "Locked by you.")
    assert "birth date" in shown["stash_ids"]["why"] and shown["country"]["changes"][0]["after"] == "NO"


def test_without_a_plan_the_review_is_empty(bench: Bench) -> None:
    assert bench.operate("review")["plan_id"] is None


def test_the_review_shows_parent_studios_by_name(bench: Bench) -> None:
    network = bench.world.add_studio("Network")
    parent = bench.own_studio(network)
    bench.own_studio(bench.world.add_studio("Site", parent=network))
    bench.task("update_studios", dry_run=True)
    shown = fields_of(bench.operate("review", kind="studio"))
    assert shown["parent_id"]["offers"][0]["value"] == "Network"
    assert shown["parent_id"]["changes"][0]["after"] == str(parent)


def test_applying_a_preview_reports_the_outcome_of_the_run(bench: Bench) -> None:
    for each in range(21):  # more items than an operation applies without a task
        bench.own(bench.world.add_performer(f"P{each}", country="NO"))
    plan = bench.sync(dry_run=True, run_token="preview-1")["run"]["plan_id"]
    handle = bench.operate("plan_apply", plan_id=plan)
    bench.plugin.wait_for(handle["job_id"])
    run = bench.operate("run_result", run_token=handle["run_token"])["run"]
    assert (run["state"], run["totals"]["changed"], run["undoable"] > 0, run["plan_id"]) == ("finished", 21, True, None)


def test_previews_live_side_by_side_and_the_rest_of_one_applied_in_part_stays(bench: Bench) -> None:
    """The preview of one performer, made by the button on its page, does not replace the waiting one of many."""
    names = ("Ada Ash", "Bea Birch", "Cleo Cedar")
    numbers = [bench.own(bench.world.add_performer(name, country="NO", hair_color="BLACK")) for name in names]
    bench.sync(dry_run=True)
    many = bench.operate("review", kind="performer")
    bench.operate("update_one", kind="performer", id=numbers[0], dry_run=True)
    review = bench.operate("review", kind="performer")
    assert (review["plan_id"], review["count"], len(review["plans"])) == (many["plan_id"], 3, 2)
    bench.operate("plan_select", plan_id=many["plan_id"], selected=False)
    change = review["items"][0]["fields"][0]["changes"][0]
    bench.operate("plan_select", plan_id=many["plan_id"], only=[change["id"]], selected=True)
    assert bench.operate("plan_apply", plan_id=many["plan_id"])["run"]["totals"]["changed"] == 1
    rest = bench.operate("review", kind="performer")
    assert (rest["plan_id"], rest["state"], rest["open"]) == (many["plan_id"], "open", many["open"] - 1)
