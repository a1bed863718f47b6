"""What the page begins with."""

from __future__ import annotations

from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench


def test_the_overview_counts_what_is_linked_without_asking_a_source(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other, keys=(" ",))
    bench.own(bench.world.add_performer("Mira"))
    bench.stock.add_performer("Nell")
    shown = bench.operate("overview")
    counts = {"total": 2, "linked": 1, "unlinked": 1, "sources": {"StashDB": 1, "FansDB": 0}}
    assert (shown["performer"], shown["studio"]["total"], bench.asked()) == (counts, 0, 0)
    assert [(row["box"], row["has_key"]) for row in shown["sources"]] == [("StashDB", False), ("FansDB", True)]


def test_the_overview_names_the_last_run_and_the_preview_that_waits(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", country="NO"))
    plan_id = bench.sync(dry_run=True)["run"]["plan_id"]
    waiting = bench.operate("overview")
    bench.operate("plan_apply", plan_id=plan_id)
    done = bench.operate("overview")
    assert (waiting["last_run"], waiting["attention"]["plan"]) == (None, str(plan_id))
    assert (done["last_run"]["totals"]["changed"], done["attention"]["plan"]) == (1, None)


def test_the_overview_counts_what_only_a_person_can_decide(bench: Bench) -> None:
    remote = bench.world.add_performer("Gone")
    bench.own(remote)
    bench.own(remote, name="Gone Too")
    bench.world.delete(remote)
    bench.set(nameSearch=True)
    bench.stock.add_performer("Mira Moss")
    for word in ("guide", "pilot"):
        bench.world.add_performer("Mira Moss", disambiguation=word)
    bench.sync()
    bench.task("find_duplicates")
    attention = bench.operate("overview")["attention"]
    assert [attention[name] for name in ("conflict", "duplicate", "gone")] == [1, 1, 2]


def test_every_field_says_what_it_may_be_set_to(bench: Bench) -> None:
    rules = bench.operate("rules")
    policies = {row["field"]: row["policies"][0] for row in rules["fields"]}
    assert (policies["country"], policies["urls"], policies["parent_id"]) == ("fill", "merge", "fill")
    assert rules["sources"] == ["StashDB"]


def test_a_preview_keeps_what_it_counted_and_which_box_failed(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other, keys=(bench.box.key, "wrong"))
    remote = bench.world.add_performer("Mira", country="NO")
    bench.own(remote, bench.link(other.world.add_performer("Mira"), other))
    bench.plugin.run_task("update_performers", dry_run=True, run_token="t-1")
    run = bench.operate("run_result", run_token="t-1")["run"]
    assert (run["state"], run["totals"]["planned"], list(run["problems"])) == ("partial", 1, ["FansDB"])


def test_a_run_with_a_box_that_failed_is_partial_in_the_history_too(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other, keys=(bench.box.key, "wrong"))
    remote = bench.world.add_performer("Mira", country="NO")
    bench.own(remote, bench.link(other.world.add_performer("Mira"), other))
    bench.sync()
    run = bench.operate("history_list")["runs"][0]
    assert (run["state"], list(run["problems"])) == ("partial", ["FansDB"])
