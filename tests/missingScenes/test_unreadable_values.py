"""Stored values of another type than expected: Missing Scenes goes on without them and names them."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Performer
from tests.harness.state import spoil_values
from tests.missingScenes.conftest import Bench

READERS = ("overview", "start_visit", "excluded_tags", "cleanup_preview", "file_matches", "front_row", "schedules")


def use_stored_values(bench: Bench) -> None:
    """Do everything that stores or reads a value by name: figures, the list, files, the front page, visits."""
    bench.find("1", page_size=2)
    for mode in ("completeness", "compare_files", "front_row"):
        assert bench.task(mode)
    bench.operate("exclude_tags", tags=[{"id": "1", "name": "Rain"}])
    for name in READERS:
        assert bench.operate(name)
    bench.operate("run_due")


@pytest.mark.usefixtures("local_mira")
@pytest.mark.parametrize("junk", ["5", '"text"', "inside"])
def test_stored_values_of_another_type_count_as_missing_and_are_named(bench: Bench, mira: Performer, junk: str) -> None:
    bench.add_scenes(3, mira)
    use_stored_values(bench)
    names = spoil_values(bench.plugin.state_dir, junk)
    assert {"visit", "completeness.growth", "front_page.row"} <= set(names)
    use_stored_values(bench)
    assert 'The stored value "visit" could not be read' in str(bench.operate("heartbeat")["notices"])
