"""Completeness in custom fields: written where it changed, found by Stash's filters, removed with one click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from missing.custom_fields.plan import make_values, plan_values

from sandbox.stashbox.model import Performer
from sandbox.stashbox.server import StashBox
from shared.journal import Item
from tests.harness.installed import install_plugin
from tests.missingScenes.conftest import Bench

ITEM = Item("performer", "7", "Mira")
COUNTS = {"missing_scenes_missing": 2, "missing_scenes_owned": 1, "missing_scenes_total": 3}


@pytest.mark.parametrize(
    ("present", "changed"),
    [
        ({}, ["missing_scenes_missing", "missing_scenes_owned", "missing_scenes_total"]),
        ({**COUNTS, "mine": 1}, []),
        ({**COUNTS, "missing_scenes_owned": 0}, ["missing_scenes_owned"]),
        ({**COUNTS, "missing_scenes_owned": "1"}, ["missing_scenes_owned"]),
    ],
)
def test_only_values_that_differ_are_planned(present: dict[str, Any], changed: list[str]) -> None:
    assert [each.field for each in plan_values(ITEM, present, make_values("performer", 3, 1))] == changed


def test_without_a_count_only_our_fields_go() -> None:
    gone = [(each.field, each.after) for each in plan_values(ITEM, {"missing_scenes_total": 3, "mine": 1}, {})]
    assert gone == [("missing_scenes_total", None)]


def count(bench: Bench) -> Any:
    bench.plugin.run_task("completeness", run_token="count")
    return bench.operate("run_result", run_token="count")["run"]


def fields_of(bench: Bench, kind: str, number: str) -> dict[str, Any]:
    row = getattr(bench.stash, f"{kind}s").get(int(number), "custom_fields")
    assert row is not None
    found: dict[str, Any] = row["custom_fields"]
    return found


def updates(bench: Bench) -> int:
    return len(bench.plugin.stash.server.traffic.requests("Update"))


@pytest.fixture
def switched_on(bench: Bench) -> None:
    bench.plugin.save_settings(completenessFields=True)


@pytest.mark.usefixtures("switched_on")
def test_counts_are_written_once_and_again_only_where_they_changed(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    other = bench.world.add_performer("Other")
    bench.add_local("performer", "Other", other.id)
    bench.stash.performers.update(int(local_mira), {"custom_fields": {"partial": {"mine": "kept"}}})
    bench.add_scenes(3, mira)
    bench.add_scenes(1, other)
    count(bench)
    expected = {"missing_scenes_missing": 3, "missing_scenes_owned": 0, "missing_scenes_total": 3}
    assert fields_of(bench, "performer", local_mira) == {**expected, "mine": "kept"}
    before = updates(bench)
    count(bench)
    assert updates(bench) == before
    bench.add_scenes(1, mira)
    run = count(bench)
    assert (updates(bench), run["totals"]["changed"]) == (before + 1, 1)
    bench.undo(run["id"])
    assert fields_of(bench, "performer", local_mira) == {**expected, "mine": "kept"}


def test_switched_off_nothing_is_written(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(1, mira)
    count(bench)
    assert fields_of(bench, "performer", local_mira) == {}


@pytest.mark.usefixtures("switched_on")
def test_stash_finds_performers_by_number_and_studios_by_text(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(12, mira)
    hills = bench.world.add_studio("Hill Films")
    bench.add_scenes(30, studio=hills)
    studio = bench.add_local("studio", "Hill Films", hills.id)
    count(bench)

    def find(kind: str, value: Any) -> list[int]:
        criterion = {"field": "missing_scenes_missing", "modifier": "GREATER_THAN", "value": [value]}
        found: list[int] = getattr(bench.stash, kind).ids({"custom_fields": [criterion]})
        return found

    assert (find("performers", 9), find("performers", 12)) == ([int(local_mira)], [])
    assert (find("studios", "000009"), find("studios", "000030")) == ([int(studio)], [])


@pytest.mark.usefixtures("switched_on")
def test_an_object_without_a_count_loses_its_fields(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(1, mira)
    count(bench)
    bench.stash.performers.update(int(local_mira), {"stash_ids": [], "custom_fields": {"partial": {"mine": 1}}})
    count(bench)
    assert fields_of(bench, "performer", local_mira) == {"mine": 1}


@pytest.mark.parametrize(("profile", "kinds"), [("0.28", ["performer"]), ("0.31", ["performer", "studio"])])
def test_one_button_removes_all_fields_and_switches_the_setting_off(
    folder: Path, box: StashBox, profile: str, kinds: list[str]
) -> None:
    with install_plugin(folder, profile=profile) as plugin:
        bench = Bench(plugin, box)
        plugin.save_settings(completenessFields=True)
        mira, hills = bench.world.add_performer("Mira"), bench.world.add_studio("Hills")
        bench.add_scenes(2, mira, studio=hills)
        number = bench.add_local("performer", "Mira", mira.id)
        bench.add_local("studio", "Hills", hills.id)
        bench.stash.performers.update(int(number), {"custom_fields": {"partial": {"mine": 1}}})
        assert count(bench)["totals"]["changed"] == len(kinds)
        assert bench.operate("custom_fields")["kinds"] == kinds
        answer = bench.operate("remove_custom_fields")
        plugin.wait_for(answer["job_id"])
        run = bench.operate("run_result", run_token=answer["run_token"])["run"]
        assert (run["totals"]["changed"], fields_of(bench, "performer", number)) == (len(kinds), {"mine": 1})
        assert bench.operate("custom_fields")["is_on"] is False


def test_a_stash_without_custom_fields_still_counts(folder: Path, box: StashBox) -> None:
    with install_plugin(folder, profile="0.25") as plugin:
        bench = Bench(plugin, box)
        plugin.save_settings(completenessFields=True)
        mira = bench.world.add_performer("Mira")
        bench.add_scenes(1, mira)
        bench.add_local("performer", "Mira", mira.id)
        assert (count(bench)["message"], bench.operate("custom_fields")["kinds"]) == (
            "Checked performers and studios: 1.",
            [],
        )
