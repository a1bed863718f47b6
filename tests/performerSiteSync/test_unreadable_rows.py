"""Rows of the state file with content that cannot be read: told, set aside, and Performer/Site Sync goes on."""

from __future__ import annotations

import pytest

from tests.harness.state import spoil_column
from tests.performerSiteSync.conftest import Bench


@pytest.mark.parametrize("junk", ["[5]", '[["id"]]', "[[5, {}, null]]"])
def test_a_cached_search_with_odd_members_is_told_once_and_the_next_run_works(bench: Bench, junk: str) -> None:
    bench.set(nameSearch=True)
    bench.world.add_performer("Mira Mosswick")
    bench.stock.add_performer("Mira Mosswick", birthdate="1990-01-01")
    bench.task("update_performers", dry_run=True)
    spoil_column(bench.plugin.state_dir, "searches", "body", junk)
    with pytest.raises(AssertionError, match="A row of the table searches "):
        bench.task("update_performers", dry_run=True)
    assert bench.task("update_performers", dry_run=True)
    assert "the table searches could not be read" in str(bench.operate("heartbeat")["notices"])
