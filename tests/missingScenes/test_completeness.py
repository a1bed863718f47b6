"""How complete performers and studios are: counted by a task, sorted by the page."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Performer
from tests.missingScenes.conftest import Bench


def count(bench: Bench) -> Any:
    bench.plugin.run_task("completeness", run_token="count")
    return bench.plugin.operation("run_result", run_token="count")["run"]


def listed(bench: Bench, **args: Any) -> list[tuple[str, int, int]]:
    rows = bench.plugin.operation("list_completeness", **args)["rows"]
    return [(row["name"], row["owned"], row["total"]) for row in rows]


@pytest.fixture
def counted(bench: Bench, mira: Performer, local_mira: str) -> None:
    """Mira with 2 of 3 scenes, Hill Films with 1 of 5, an unlinked performer."""
    scenes = bench.add_scenes(3, mira)
    hills = bench.world.add_studio("Hill Films")
    others = bench.add_scenes(5, studio=hills)
    studio = bench.add_local("studio", "Hill Films", hills.id, favorite=True)
    bench.add_local("performer", "Nobody Known")
    for number in bench.own(*scenes[:2]):
        bench.stash.scenes.update(int(number), {"performer_ids": [local_mira]})
    (first,) = bench.own(others[0])
    bench.stash.scenes.update(int(first), {"studio_id": studio})
    assert count(bench)["message"] == "2 performers and studios were counted."


@pytest.mark.usefixtures("counted")
def test_owned_and_total_are_counted_for_whoever_is_linked(bench: Bench) -> None:
    assert listed(bench, sort="name") == [("Hill Films", 1, 5), ("Mira Mosswick", 2, 3)]


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("args", "names"),
    [
        ({"sort": "share", "descending": True}, ["Mira Mosswick", "Hill Films"]),
        ({"sort": "missing", "descending": True}, ["Hill Films", "Mira Mosswick"]),
        ({"kind": "performer"}, ["Mira Mosswick"]),
        ({"favorites": True}, ["Hill Films"]),
        ({"text": "mira"}, ["Mira Mosswick"]),
        ({"sort": "name", "page": 2, "page_size": 1}, ["Mira Mosswick"]),
    ],
)
def test_the_table_is_sorted_filtered_and_paged(bench: Bench, args: dict[str, Any], names: list[str]) -> None:
    assert [name for name, _, _ in listed(bench, **args)] == names


@pytest.mark.usefixtures("counted")
def test_who_is_no_longer_linked_leaves_the_table(bench: Bench, local_mira: str) -> None:
    bench.stash.performers.update(int(local_mira), {"stash_ids": []})
    count(bench)
    assert [name for name, _, _ in listed(bench)] == ["Hill Films"]


@pytest.mark.usefixtures("counted")
def test_one_request_counts_forty(bench: Bench) -> None:
    for number in range(45):
        bench.add_local("performer", f"P{number}", bench.world.add_performer(f"P{number}").id)
    bench.box.server.traffic.clear()
    count(bench)
    assert bench.box.server.traffic.total == 3


def test_a_link_to_something_merged_is_told(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.world.merge(mira, into=bench.world.add_performer("Another"))
    count(bench)
    (row,) = bench.plugin.operation("list_completeness")["rows"]
    assert (row["share"], row["total"]) == (None, 0)
    assert "merged or deleted" in row["message"]


def test_a_box_that_is_down_is_told_and_what_was_counted_stays(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(3, mira)
    count(bench)
    bench.box.stop()
    run = count(bench)
    assert run["state"] == "failed"
    assert "connection was refused" in run["message"]
    assert listed(bench) == [("Mira Mosswick", 0, 3)]
