"""Connections, settings, cache, report and locks."""

from __future__ import annotations

import pytest

from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench


def test_a_missing_key_is_red_without_asking(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other, keys=(" ",))
    first, second = bench.operate("test_connections")["sources"]
    assert (first["is_ok"], second["is_ok"], bench.asked()) == (False, True, 0)
    with pytest.raises(AssertionError, match="no API key"):
        bench.task("test_connections")


def test_one_source_can_be_tested_alone(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    answer = bench.operate("test_connections", source=other.endpoint)
    assert ([row["box"] for row in answer["sources"]], bench.asked()) == (["FansDB"], 0)


def test_settings_nobody_understands_are_named(bench: Bench) -> None:
    bench.set(fieldPolicies="colour: follow, country: maybe", sourcePrecedence="StashDB, Nowhere")
    told = bench.operate("validate_configuration")["message"]
    assert [word in told for word in ('"colour"', '"maybe"', '"Nowhere"')] == [True] * 3


def test_the_default_settings_are_valid(bench: Bench) -> None:
    assert bench.task("validate_configuration")["problems"] == []


def test_clearing_the_cache_keeps_locks_and_history(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", country="NO", eye_color="BLUE"))
    bench.operate("lock_set", id=number, field="country", is_locked=True)
    bench.sync()
    asked = bench.asked()
    bench.task("clear_cache")
    bench.sync()
    assert (bench.show(number)["country"] or "", bench.asked()) == ("", asked + 1)
    assert bench.operate("history_list")["runs"]


def test_a_field_that_was_edited_is_shown_as_locked_and_can_be_handed_back(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", country="NO"))
    bench.sync()
    bench.stash.performers.update(number, {"country": "SE"})
    rows = {row["field"]: row for row in bench.operate("locks", id=number)["fields"]}
    bench.set(fieldPolicies="country: follow")
    bench.operate("lock_set", id=number, field="country", is_locked=False)
    bench.sync()
    assert (rows["country"]["lock"], rows["country"]["box"], rows["name"]["box"]) == ("edited", "StashDB", None)
    assert bench.show(number)["country"] == "NO"


def test_the_report_adds_up_and_can_be_had_as_csv(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira"), country="NO")
    bench.stock.add_performer("Nell")
    part = bench.task("generate_report")["report"]["performer"]
    assert (part["total"], part["linked"], part["unlinked"]) == (2, 1, 1)
    assert (part["fields"]["country"], part["sources"]["StashDB"]) == (1, 1)
    assert "performer,fields,country,1" in bench.operate("report", format="csv")["text"]


def test_the_report_tells_which_source_filled_what(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", country="NO"))
    bench.sync()
    report = bench.task("generate_report")["report"]
    assert report["performer"]["by_source"]["country"] == {"StashDB": 1}
    totals = report["runs"][0]["totals"]
    assert totals["seen"] == sum(totals[name] for name in ("changed", "unchanged", "skipped", "conflict", "failed"))


def test_the_report_tells_what_the_sources_could_fill(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", country="NO", eye_color="BLUE"), country="SE")
    bench.own_studio(bench.world.add_studio("Site", parent=bench.world.add_studio("Network")))
    bench.sync(dry_run=True)
    bench.task("update_studios")
    report = bench.task("generate_report")["report"]
    assert report["performer"]["gaps"] == {"eye_color": {"StashDB": 1}}
    assert report["studio"]["gaps"] == {"parent_id": {"StashDB": 1}}
    lines = bench.operate("report", format="csv")["text"].splitlines()
    assert {"performer,gap eye_color,StashDB,1", "run,Update sites,unchanged,1"} <= set(lines)
