"""Rows of the state file with content that cannot be read: told, set aside, and Tag Manager goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.errors import GraphQLFailed
from tests.harness.state import spoil_column
from tests.tagManager.conftest import Bench


def search(bench: Bench) -> Any:
    """Search the tags of the box, as the Tags tab does."""
    return bench.operate("remote_search", text="rain")


def plan_sync(bench: Bench) -> Any:
    """Plan a sync of the scenes' tags."""
    return bench.task("sync_scene_tags", dry_run=True)


@pytest.mark.parametrize("junk", ["{", "5", "[" * 5000, "[null]"], ids=["cut off", "a number", "deep", "null inside"])
@pytest.mark.parametrize(
    ("table", "column", "call"),
    [("remote_tags", "aliases", search), ("remote_scenes", "tags", plan_sync), ("settled", "tags", plan_sync)],
)
def test_a_row_that_cannot_be_read_is_told_once_and_the_next_call_works(
    bench: Bench, table: str, column: str, call: Callable[[Bench], Any], junk: str
) -> None:
    rain = bench.world.add_tag("Rain")
    bench.add_tag("Rain", rain)
    bench.add_scenes(2, rain)
    bench.task("refresh_tags")
    bench.sync()
    spoil_column(bench.plugin.state_dir, table, column, junk)
    with pytest.raises((GraphQLFailed, AssertionError), match=f"A row of the table {table} ") as failure:
        call(bench)
    assert "bug" not in str(failure.value)
    assert call(bench)
    assert list(bench.plugin.state_dir.glob(f"*.damaged-rows-{table}-*"))
    assert f"the table {table} could not be read" in str(bench.operate("heartbeat")["notices"])


@pytest.mark.parametrize("junk", ["{}", '{"name": 5}'])
def test_the_record_of_a_created_tag_without_a_name_is_told_once_and_the_undo_works(bench: Bench, junk: str) -> None:
    bench.world.add_tag("Rain")
    bench.task("refresh_tags")
    run = bench.apply(bench.plan("import_plan"))
    spoil_column(bench.plugin.state_dir, "created_tags", "made", junk)
    with pytest.raises(GraphQLFailed, match="A row of the table created_tags "):
        bench.undo(run["id"])
    assert bench.undo(run["id"])
    assert "the table created_tags could not be read" in str(bench.operate("heartbeat")["notices"])
