"""The Overview tab: counts, sources, the last run, open questions, and the rules of fields."""

from __future__ import annotations

from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench


def test_the_overview_counts_links_without_asking_a_source(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other, keys=(" ",))
    bench.own(bench.world.add_performer("Mira"))
    bench.stock.add_performer("Nell")
    shown = bench.operate("overview")
    counts = {"total": 2, "linked": 1, "unlinked": 1, "sources": {"StashDB": 1, "FansDB": 0}}
    assert (shown["performer"], shown["studio"]["total"], bench.asked()) == (counts, 0, 0)
    assert [(row["box"], row["has_key"]) for row in shown["sources"]] == [("StashDB", False), ("FansDB", True)]


def test_the_overview_names_the_last_run_and_the_waiting_preview(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", country="NO"))
    plan_id = bench.sync(dry_run=True)["run"]["plan_id"]
    waiting = bench.operate("overview")
    bench.operate("plan_apply", plan_id=plan_id)
    done = bench.operate("overview")
    assert (waiting["last_run"], waiting["attention"]["plan"]) == (None, str(plan_id))
    assert (done["last_run"]["totals"]["changed"], done["attention"]["plan"]) == (1, None)


def test_the_overview_counts_conflicts_duplicates_and_gone_links(bench: Bench) -> None:
    remote = bench.world.add_performer("Gone")
    bench.own(remote)
    bench.own(remote, name="Gone Too")
    bench.world.delete(remote)
    bench.set(nameSearch=True)
    bench.stock.add_performer("Mira Moss")
    for word in ("guide", "pilot"):
        bench.world.add_performer("Mira Moss", disambiguation=word)
    bench.sync()
    assert bench.operate("overview")["attention"]["duplicates_at"] is None
    bench.task("find_duplicates")
    assert bench.operate("overview")["attention"]["duplicates_at"]
    attention = bench.operate("overview")["attention"]
    assert [attention[name] for name in ("conflict", "duplicate", "gone")] == [1, 1, 2]


def test_every_field_lists_its_policies(bench: Bench) -> None:
    rules = bench.operate("rules")
    policies = {row["field"]: row["policies"][0] for row in rules["fields"]}
    assert (policies["country"], policies["urls"], policies["parent_id"]) == ("fill", "merge", "fill")
    assert rules["sources"] == ["StashDB"]


def test_a_preview_keeps_its_counts_and_the_failed_box(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other, keys=(bench.box.key, "wrong"))
    remote = bench.world.add_performer("Mira", country="NO")
    bench.own(remote, bench.link(other.world.add_performer("Mira"), other))
    bench.plugin.run_task("update_performers", dry_run=True, run_token="t-1")
    run = bench.operate("run_result", run_token="t-1")["run"]
    assert (run["state"], run["totals"]["planned"], list(run["problems"])) == ("partial", 1, ["FansDB"])


def test_a_run_with_a_failed_box_is_partial_in_the_history_too(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other, keys=(bench.box.key, "wrong"))
    remote = bench.world.add_performer("Mira", country="NO")
    bench.own(remote, bench.link(other.world.add_performer("Mira"), other))
    bench.sync()
    run = bench.operate("history_list")["runs"][0]
    assert (run["state"], list(run["problems"])) == ("partial", ["FansDB"])
