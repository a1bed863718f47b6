"""Rows of the state file with content that cannot be read: told, set aside, and Stash2Plex goes on."""

from __future__ import annotations

import pytest

from shared.errors import GraphQLFailed
from tests.harness.state import spoil_column
from tests.stash2plex.pair import Pair


@pytest.mark.parametrize(
    "junk", ["{", "{}", "[" * 5000, "[5]"], ids=["cut off", "empty object", "deep", "a number inside"]
)
@pytest.mark.parametrize(
    ("table", "column"), [("records", "written"), ("records", "pending"), ("records", "kept"), ("matches", "items")]
)
def test_a_row_that_cannot_be_read_is_told_once_and_the_scene_is_synced_again(
    pair: Pair, table: str, column: str, junk: str
) -> None:
    scene, item = pair.add_scene_and_item("Early")
    pair.sync(scene)
    pair.edit_scene(scene, title="Late")
    spoil_column(pair.plugin.state_dir, table, column, junk)
    with pytest.raises(GraphQLFailed, match=f"A row of the table {table} ") as failure:
        pair.plugin.operation("match_scene", scene_id=scene)
        pair.sync(scene)
    assert "bug" not in str(failure.value)
    pair.sync(scene)
    is_lost = column in ("written", "pending")  # what the plugin wrote is unknown now, so Plex's title stays
    badge = pair.plugin.operation("match_scene", scene_id=scene)["badge"]
    assert (badge, item.title) == (("kept", "Early") if is_lost else ("synced", "Late"))
    assert pair.find_queue_row(scene) is None
    notices = str(pair.plugin.operation("heartbeat")["notices"])
    assert f"the table {table} could not be read" in notices
    assert "switch Respect Plex Locks off" in notices
    pair.change_settings(respect_plex_locks=False)
    pair.sync(scene)
    assert item.title == "Late"
