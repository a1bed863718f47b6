"""Every setting does what it says, and every task of the list works."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from sandbox.stashbox.server import StashBox
from scripts.release.manifests import load_plugin
from tests.harness.clock import CountingClock
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.inside import run_inside

HOUR = 3600.0


@pytest.fixture
def clock() -> CountingClock:
    return CountingClock()


def count_answers(bench: Bench) -> int:
    """Return the number of cached records."""
    with sqlite3.connect(bench.plugin.state_dir / "state.sqlite3") as db:
        return int(db.execute("SELECT count(*) FROM answers").fetchone()[0])


@pytest.mark.parametrize(("setting", "hours"), [(None, 24), (1, 1), (168, 168), (-1, 1), (1000, 168)])
def test_cached_answers_are_used_for_the_hours_of_the_setting(
    bench: Bench, clock: CountingClock, setting: int | None, hours: int
) -> None:
    bench.set(**({} if setting is None else {"cacheExpiration": setting}))
    bench.own(bench.world.add_performer("Mira"))
    run_inside(bench, clock)
    asked = bench.asked("LookUp")
    clock.advance(hours * HOUR - 60)
    run_inside(bench, clock)
    assert bench.asked("LookUp") == asked == 1
    clock.advance(120)
    run_inside(bench, clock)
    assert bench.asked("LookUp") == 2


def test_stale_answers_are_deleted_by_an_update(bench: Bench, clock: CountingClock) -> None:
    first, _ = (bench.own(bench.world.add_performer(name)) for name in ("Mira", "Nell"))
    run_inside(bench, clock)
    clock.advance(25 * HOUR)
    run_inside(bench, clock, ids=[first])
    assert count_answers(bench) == 1


@pytest.mark.parametrize(
    ("pause", "limit", "expected"), [(10, 100_000, 10.0), (None, 100_000, 2.0), (0, 12, 5.0), (0, 100_000, 0.0)]
)
def test_requests_keep_the_pause_and_the_limit_of_the_box_also_across_processes(
    bench: Bench, clock: CountingClock, pause: int | None, limit: int, expected: float
) -> None:
    bench.set(rateLimit="" if pause is None else pause)
    bench.configure(bench.box, limit=limit)
    bench.own(bench.world.add_performer("Mira"))
    run_inside(bench, clock)
    requests = bench.asked()
    clock.advance(0.001)
    run_inside(bench, clock, fresh=True)  # a second process uses the same file
    assert sum(clock.slept) == pytest.approx(expected * (bench.asked() - 1), rel=0.02, abs=0.2)
    assert bench.asked() > requests > 1


def test_an_operation_does_not_wait_for_the_pause_of_tasks(bench: Bench) -> None:
    bench.set(rateLimit=10)
    number = bench.own(bench.world.add_performer("Mira", country="NO"))
    answer = bench.operate("update_one", id=number)
    assert (answer["state"], bench.show(number)["country"]) == ("finished", "NO")


@pytest.mark.parametrize("switch", ["enableStashDB", "enableFansDB"])
def test_a_source_that_is_off_is_not_asked(bench: Bench, other: StashBox, switch: str) -> None:
    bench.configure(bench.box, other)
    there = other.world.add_performer("Mira", eye_color="BLUE")
    number = bench.own(bench.world.add_performer("Mira", country="NO"), bench.link(there, other))
    bench.set(**{switch: False})
    bench.sync()
    is_first_off = switch == "enableStashDB"
    assert [bench.asked() == 0, bench.asked(box=other) == 0] == [is_first_off, not is_first_off]
    now = bench.show(number)
    assert (now["country"] or "", now["eye_color"] or "") == (("", "Blue") if is_first_off else ("NO", ""))


@pytest.mark.parametrize(
    ("settings", "country", "hair"),
    [
        ({}, "NO", "Black"),
        ({"sourcePrecedence": "FansDB, StashDB"}, "SE", "Red"),
        ({"sourcePrecedence": "FansDB > TPDB > StashDB"}, "SE", "Red"),
        ({"fieldSources": "hair_color: FansDB > StashDB"}, "NO", "Red"),
        ({"fieldPolicies": "hair_color: ignore"}, "NO", ""),
    ],
)
def test_precedence_and_policies_hold_overall_and_by_field(
    bench: Bench, other: StashBox, settings: dict[str, str], country: str, hair: str
) -> None:
    bench.configure(bench.box, other)
    bench.set(**settings)
    there = other.world.add_performer("Mira", country="SE", hair_color="RED")
    here = bench.world.add_performer("Mira", country="NO", hair_color="BLACK")
    number = bench.own(here, bench.link(there, other))
    bench.sync()
    assert (bench.show(number)["country"], bench.show(number)["hair_color"] or "") == (country, hair)


def test_debug_logging_logs_requests_cache_and_decisions(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", country="NO"))
    bench.sync()
    logbook = bench.plugin.stash.services.logbook
    assert "[debug]" not in str(logbook.messages())
    bench.set(debugLogging=True)
    bench.own(bench.world.add_performer("Nell", country="SE"))
    bench.sync()
    lines = " ".join(text for text in logbook.messages() if "[debug]" in text)
    expected = ("1 of 2 ids are not in the cache", "answered for 1 ids: 1 found", 'country set empty -> "SE"')
    assert [words in lines for words in expected] == [True] * 3
    assert bench.box.key not in lines


def test_every_task_succeeds_on_a_set_up_library(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    number = bench.own(bench.world.add_performer("Mira", country="NO"))
    bench.own_studio(bench.world.add_studio("Site"))
    tasks = load_plugin("performerSiteSync").tasks
    given: dict[str, dict[str, Any]] = {
        mode: row.args for mode, row in tasks.items() if row.args.get("source") != "TPDB"
    }
    given["update_performer"] = {"id": number}
    answers = {mode: bench.task(mode, **args) for mode, args in given.items()}
    assert all(answers.values())
    with pytest.raises(AssertionError, match="press its button"):
        bench.task("update_performer")
    names = {row.name for row in tasks.values()}
    assert {"Update All Performers", "Clear Cache", "Generate Report", "Test Connections"} <= names


def test_a_task_for_an_unknown_source_says_so(bench: Bench) -> None:
    with pytest.raises(AssertionError, match="TPDB is not among the stash-boxes"):
        bench.task("favorite_performers_tpdb", source="TPDB")
