"""Results of comparing tags with a box's list, kept for the next call: as many as there are tags, and one question."""

from __future__ import annotations

from pathlib import Path

import pytest
from tagging.links.known_matches import KnownMatches
from tagging.schema import MIGRATIONS
from tagging.tags.local_tags import Row

from shared.state.store import Store
from tests.tagManager.conftest import Bench

MANY = 20_050


def test_the_results_of_a_large_library_are_all_kept_so_that_counting_ends(tmp_path: Path) -> None:
    rows: list[Row] = [{"id": str(number), "name": f"Tag {number}", "aliases": []} for number in range(MANY)]
    store = Store(str(tmp_path / "state.sqlite3"), MIGRATIONS)
    for start in range(0, MANY, 5000):
        piece = rows[start : start + 5000]
        found = {row["id"]: int(row["id"]) % 2 == 0 for row in piece}
        KnownMatches(store, "E", "basis").save(found, piece, {})
    known = KnownMatches(store, "E", "basis")
    assert [known.find(row, {}) for row in rows] == [number % 2 == 0 for number in range(MANY)]
    assert known.find(rows[0], {0: ["rejected"]}) is None
    other = KnownMatches(store, "E", "other basis")
    assert other.find(rows[0], {}) is None
    other.save({"1": True}, rows[1:2], {})
    assert store.read("SELECT count(*) FROM known_matches")[0][0] == 1, "results of another basis are gone"
    store.close()


@pytest.mark.parametrize("tags", [0, 3])
def test_the_figures_ask_stash_once_for_its_excluded_patterns(bench: Bench, tags: int) -> None:
    bench.world.add_tag("Rain")
    for number in range(tags):
        bench.add_tag(f"Rains {number}")
    bench.task("refresh_tags")
    traffic = bench.plugin.stash.server.traffic
    traffic.clear()
    bench.operate("match_figures")
    assert len(traffic.requests("TagPatterns")) == 1
