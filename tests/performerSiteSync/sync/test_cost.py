"""The cost of a run: requests grow with the work, not the library, and progress only goes forward."""

from __future__ import annotations

import pytest

from tests.performerSiteSync.conftest import Bench


@pytest.mark.parametrize("country", ["NO", None])
def test_a_run_asks_in_bulk_and_its_progress_never_goes_back(bench: Bench, country: str | None) -> None:
    for each in range(240):
        bench.own(bench.world.add_performer(f"P{each}", country=country))
    bench.plugin.stash.server.traffic.clear()
    outcome = bench.run_beside("update_performers")
    done = outcome.output["run"]["changed"]
    reads = len(bench.plugin.stash.server.traffic.requests()) - len(bench.writes())
    assert (done, len(bench.writes())) == ((240, 240) if country else (0, 0))
    assert bench.asked() <= 240 / 20 + 2
    assert reads <= 45 if country else reads <= 12
    assert outcome.progress == sorted(outcome.progress)


def test_favorites_are_read_from_stash_once_for_all_sources(bench: Bench) -> None:
    people = [bench.world.add_performer(f"P{each}") for each in range(60)]
    for each in people:
        bench.own(each, favorite=True)
    bench.world.accounts[bench.box.key].performers.update(each.id for each in people)
    bench.plugin.stash.server.traffic.clear()
    assert bench.task("favorite_performers")["run"]["unchanged"] == 60
    assert len(bench.plugin.stash.server.traffic.requests()) <= 20
