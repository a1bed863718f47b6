"""Stored values of another type than expected: Stash2Plex goes on without them and names them."""

from __future__ import annotations

import pytest

from tests.harness.state import spoil_values
from tests.stash2plex.pair import Pair

USES = ("status", "overview", "libraries_list", "queue_list", "setup_tests", "schedules")


def use_stored_values(pair: Pair) -> None:
    """Do everything that stores or reads a value by name: connection, queue, comparison, plays from Plex."""
    for mode in ("preview_all", "reconcile_all", "take_watched", "queue_status"):
        pair.plugin.run_task(mode, run_token=f"token-{mode.replace('_', '-')}")
        run = pair.plugin.operation("run_result", run_token=f"token-{mode.replace('_', '-')}")["run"]
        assert "bug" not in str(run)
    for name in USES:
        assert pair.plugin.operation(name)


@pytest.mark.parametrize("junk", ["5", '"text"', "inside"])
def test_stored_values_of_another_type_count_as_missing_and_are_named(pair: Pair, junk: str) -> None:
    pair.add_scene_and_item("Early")
    use_stored_values(pair)
    names = spoil_values(pair.plugin.state_dir, junk)
    assert {"sync.previewed", "reconcile.last", "plex.client_id"} <= set(names)
    use_stored_values(pair)
    assert 'The stored value "reconcile.last" could not be read' in str(pair.plugin.operation("heartbeat")["notices"])
