"""Duplicates: which pairs are found, how they are ranked, and which stay dismissed."""

from __future__ import annotations

from typing import Any

import pytest
from performers.merge.duplicate_evidence import ComparedEntity, find_pairs

from sandbox.stash.stocking import StashId
from tests.performerSiteSync.conftest import Bench

HERE, THERE = "https://one.invalid/graphql", "https://two.invalid/graphql"
DAY = "1990-01-01"
PLAIN = ComparedEntity(0, "", "", (), (), "", "", ())


def test_duplicates_are_ranked_and_dismissed_ones_stay_away_until_taken_back(bench: Bench) -> None:
    twins = [bench.stock.add_performer(name, stash_ids=[StashId(HERE, "a")]) for name in ("Ann Reed", "Bea Reed")]
    for word in "12":
        bench.stock.add_performer("Cy Moss", disambiguation=word, birthdate="1990-05-03")
    bench.stock.add_performer("Nobody Else")
    assert bench.operate("duplicates")["made_at"] is None
    bench.task("find_duplicates")
    first, second = bench.operate("duplicates")["duplicates"]
    assert ({each["id"] for each in first["people"]}, first["evidence"]) == (
        {str(each) for each in twins},
        [f"Both have the id a at {HERE}."],
    )
    assert "The same birth date, 1990-05-03." in second["evidence"]
    bench.operate("duplicate_dismiss", key=first["key"])
    bench.task("find_duplicates")
    assert bench.operate("duplicates")["count"] == 1
    bench.operate("decision_take_back", key=bench.operate("decisions")["decisions"][0]["key"])
    assert bench.operate("duplicates")["count"] == 2


def test_pairs_with_a_deleted_object_are_neither_shown_nor_counted(bench: Bench) -> None:
    for name in ("Cy Moss", "Dee Moss"):
        gone = [bench.stock.add_performer(name, disambiguation=word) for word in ("", "x")]
    bench.operate("duplicates", refresh=True)
    bench.stash.ask("mutation Gone($id: ID!) { performerDestroy(input: {id: $id}) }", {"id": str(gone[0])})
    assert bench.operate("duplicates")["count"] == 1
    assert bench.operate("overview")["attention"]["duplicate"] == 1


def test_ten_thousand_performers_are_compared_with_few_requests(bench: Bench) -> None:
    with bench.plugin.stash.services.library.write() as db:
        rows = [(f"Name {each % 9990}", str(each), f"19{each % 90:02}-01-01") for each in range(10_000)]
        sql = (
            "INSERT INTO performers (name, disambiguation, birthdate, created_at, updated_at) VALUES (?, ?, ?, '', '')"
        )
        for row in rows:
            db.run(sql, row)
    before = len(bench.plugin.stash.server.traffic.requests())
    assert bench.task("find_duplicates", kind="performer")["counts"] == {"performer": 10}
    assert len(bench.plugin.stash.server.traffic.requests()) - before < 30


@pytest.mark.parametrize(
    ("one", "other", "is_pair"),
    [
        ({"name": "Ann"}, {"name": "ann"}, True),
        ({"name": "Ann", "birthdate": DAY}, {"name": "Ann", "birthdate": "1980-01-01"}, False),
        ({"name": "Ann", "gender": "MALE"}, {"name": "Ann", "gender": "FEMALE"}, False),
        ({"name": "Ann", "links": [(HERE, "a")]}, {"name": "Ann", "links": [(HERE, "b")]}, False),
        ({"name": "Ann", "aliases": ["Bea"]}, {"name": "Bea"}, False),
        (
            {"name": "Ann", "aliases": ["Bea"], "birthdate": DAY},
            {"name": "Bea", "birthdate": DAY},
            True,
        ),
        ({"name": "Ann", "urls": ["https://www.x.invalid/a/"]}, {"name": "Bea", "urls": ["http://x.invalid/a"]}, True),
        ({"name": "Ann", "birthdate": DAY}, {"name": "Bea", "birthdate": DAY}, False),
    ],
)
def test_evidence_makes_two_objects_a_pair(one: dict[str, Any], other: dict[str, Any], is_pair: bool) -> None:
    entities = [PLAIN._replace(number=number, **facts) for number, facts in ((1, one), (2, other))]
    assert bool(find_pairs(entities)) == is_pair


def test_a_key_many_objects_share_makes_no_pair() -> None:
    crowd = [PLAIN._replace(number=each, name=f"N{each}", urls=["https://x.invalid"]) for each in range(50)]
    assert find_pairs(crowd) == []


@pytest.fixture
def merged(bench: Bench) -> tuple[int, int]:
    """Return two performers whose records the box merged: the first, with more scenes, has the id that is gone."""
    old, new = bench.world.add_performer("Mira M"), bench.world.add_performer("Mira Moss")
    first, second = bench.own(old), bench.own(new)
    for title in ("One", "Two"):
        bench.stock.add_scene(title, performers=[first])
    bench.world.merge(old, new)
    bench.sync()
    return first, second


@pytest.mark.parametrize("is_cache_empty", [False, True])
def test_the_one_whose_record_lives_on_at_the_box_is_proposed_to_stay(
    bench: Bench, merged: tuple[int, int], is_cache_empty: bool
) -> None:
    first, second = merged
    if is_cache_empty:
        bench.operate("clear_cache")
    (pair,) = bench.operate("duplicates", refresh=True)["duplicates"]
    assert [each["id"] for each in pair["people"]] == [str(second), str(first)]
    assert pair["why_stays"].startswith("Mira Moss stays: StashDB merged ")


def test_the_id_that_lives_on_stays_whoever_is_kept(bench: Bench, merged: tuple[int, int]) -> None:
    first, second = merged
    live, dead = bench.links_of(second), bench.links_of(first)
    preview = bench.operate("merge_preview", source=second, destination=first)
    assert preview["reasons"] == [
        "StashDB: the link of Mira Moss stays. StashDB merged the other record into this one."
    ]
    assert not any("Both have an id" in each for each in preview["warnings"])
    bench.plugin.wait_for(bench.operate("plan_apply", plan_id=preview["plan_id"])["job_id"])
    assert bench.links_of(first) == live
    run = bench.operate("history_list")["runs"][0]["id"]
    plan = bench.operate("history_undo", run_id=run, preview=True)
    bench.plugin.wait_for(bench.operate("history_undo", plan_id=plan["plan_id"])["job_id"])
    assert bench.links_of(first) == dead
