"""The figures of the Overview tab, and what the start page found."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest

from sandbox.stashbox.model import Performer
from tests.missingScenes.conftest import Bench


def test_a_fresh_install_sees_boxes_favorites_and_no_counts(bench: Bench, mira: Performer) -> None:
    bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
    bench.add_local("performer", "Nobody Linked", favorite=True)

    shown = bench.operate("overview")

    assert [box["has_key"] for box in shown["boxes"]] == [True]
    assert shown["favorites"]["performers"] == {"count": 2, "linked": 1}
    assert (shown["is_first_visit"], shown["has_whisparr"], shown["cleanup"]) == (True, False, None)
    assert (shown["completeness"]["checked_at"], shown["completeness"]["kinds"]) == (None, {})


@pytest.mark.usefixtures("local_mira")
def test_counts_become_sums_tenths_and_the_performers_with_most_missing(bench: Bench, mira: Performer) -> None:
    scenes = bench.add_scenes(4, mira)
    for number in bench.own(*scenes[:3]):
        bench.stash.scenes.update(int(number), {"performer_ids": ["1"]})
    bench.plugin.run_task("completeness")

    counted = bench.operate("overview")["completeness"]

    assert counted["kinds"] == {"performer": {"total": 4, "owned": 3, "entities": 1, "complete": 0}}
    assert (sum(counted["tenths"]), counted["tenths"][7]) == (1, 1)
    assert [(row["name"], bool(row["image"])) for row in counted["most_missing"]] == [("Mira Mosswick", True)]
    entity = bench.find("1")["entity"]
    assert (entity["saved_count"], bool(entity["image"])) == ({"total": 4, "owned": 3}, True)


@pytest.mark.usefixtures("local_mira")
def test_a_performer_at_two_boxes_counts_once(bench: Bench, mira: Performer) -> None:
    bench.add_scenes(4, mira)
    bench.plugin.run_task("completeness")
    with contextlib.closing(sqlite3.connect(bench.plugin.state_dir / "state.sqlite3")) as db, db:
        db.execute(
            "INSERT INTO completeness SELECT kind, local_id, 'http://other.example/graphql', name, favorite, 2, 2, "
            "checked, message FROM completeness WHERE kind = 'performer'"
        )

    counted = bench.operate("overview")["completeness"]

    assert counted["kinds"]["performer"] == {"total": 4, "owned": 0, "entities": 1, "complete": 0}
    assert sum(counted["tenths"]) == 1
    assert [row["total"] - row["owned"] for row in counted["most_missing"]] == [4]
