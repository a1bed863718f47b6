"""The tree of tags: read whole, changed by a plan, circles refused."""

from __future__ import annotations

from typing import Any

from tests.tagManager.conftest import Bench


def rearrange(bench: Bench, *changes: tuple[int, list[int], list[int]]) -> Any:
    """Return the plan of changes: (tag, added parents, removed parents)."""
    rows = [{"tag_id": tag, "add": add, "remove": remove} for tag, add, remove in changes]
    return bench.operate("hierarchy_plan", changes=rows)


def parents_of(bench: Bench) -> dict[int, list[int]]:
    return {row[0]: row[2] for row in bench.operate("hierarchy_get")["tags"]}


def test_the_hierarchy_is_the_same_when_stash_refuses_sql(bench: Bench) -> None:
    one, two = bench.add_tag("P"), bench.add_tag("Q")
    tag = bench.add_tag("Tag", parents=[one, two])
    quick = bench.operate("hierarchy_get")
    bench.plugin.stash.server.faults.add("graphql_error", operation="Rows")
    assert bench.operate("hierarchy_get") == quick
    assert quick["tags"] == [[one, "P", []], [two, "Q", []], [tag, "Tag", [one, two]]]


def test_parent_and_child_can_be_swapped_in_one_plan(bench: Bench) -> None:
    upper = bench.add_tag("Upper")
    lower = bench.add_tag("Lower", parents=[upper])
    planned = rearrange(bench, (upper, [lower], []), (lower, [], [upper]))
    run = bench.apply(planned)
    assert (parents_of(bench), run["totals"]["failed"]) == ({upper: [lower], lower: []}, 0)


def test_a_circle_is_refused_before_saving(bench: Bench) -> None:
    first, second = bench.add_tag("First"), bench.add_tag("Second")
    planned = rearrange(bench, (first, [second], []), (second, [first], []))
    assert (planned["items"], [each["tag_id"] for each in planned["refused"]]) == (1, [second])


def test_a_circle_made_outside_the_plugin_fails_alone(bench: Bench) -> None:
    first, second, third = bench.add_tag("First"), bench.add_tag("Second"), bench.add_tag("Third")
    planned = rearrange(bench, (first, [second], []), (third, [second], []))
    bench.stash.tags.update(second, {"parent_ids": [str(first)]})
    run = bench.apply(planned)
    assert (run["totals"]["failed"], run["totals"]["changed"]) == (1, 1)
    (failed,) = bench.operate("history_changes", run_id=run["id"], outcome="failed")["changes"]
    assert "already" in failed["message"]


def test_other_parents_stay_when_one_is_exchanged(bench: Bench) -> None:
    one, two, three = bench.add_tag("P"), bench.add_tag("Q"), bench.add_tag("R")
    tag = bench.add_tag("Tag", parents=[one, two])
    bench.apply(rearrange(bench, (tag, [three], [one])))
    assert sorted(parents_of(bench)[tag]) == [two, three]
