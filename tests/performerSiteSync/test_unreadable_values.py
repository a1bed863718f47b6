"""Stored values of another type than expected: Performer/Site Sync goes on without them and names them."""

from __future__ import annotations

import pytest

from tests.harness.state import spoil_values
from tests.performerSiteSync.conftest import Bench


def use_stored_values(bench: Bench) -> None:
    """Do everything that stores or reads a value by name: report, favorites, duplicates, the baseline of scenes."""
    for mode in ("update_performers", "update_scenes", "favorite_performers", "find_duplicates", "generate_report"):
        assert bench.task(mode)
    for name in ("overview", "report", "favorites_state", "duplicates", "conflicts", "schedules"):
        assert bench.operate(name)
    assert bench.operate("report", format="csv")


@pytest.mark.parametrize("junk", ["5", '"text"', "inside"])
def test_stored_values_of_another_type_count_as_missing_and_are_named(bench: Bench, junk: str) -> None:
    mira = bench.world.add_performer("Mira Mosswick")
    bench.own(mira)
    bench.own_scene(bench.world.add_scene("Rain", performers=[mira]))
    use_stored_values(bench)
    names = spoil_values(bench.plugin.state_dir, junk)
    assert {"report", "favorites.state", "scene_baseline"} <= set(names)
    use_stored_values(bench)
    assert 'The stored value "favorites.state" could not be read' in str(bench.operate("heartbeat")["notices"])
