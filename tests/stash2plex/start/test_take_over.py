"""After a loss of the state file or on a new Plex, values that Plex shows are taken over in one visible step."""

from __future__ import annotations

import pytest
from plexsync.queue.constants import STARTED

from sandbox.plex.model import PlexMovie, TagValue
from tests.stash2plex.pair import Pair


def sync_filled(pair: Pair) -> tuple[int, PlexMovie]:
    """Send a scene with every kind of value."""
    scene, item = pair.add_scene_and_item(
        details="Text", studio="Acme", tags=["Outdoor", "Sun"], performers=["Ann Example"]
    )
    pair.sync(scene)
    item.tags["genre"].append(TagValue("Mine"))
    return scene, item


def lose_state(pair: Pair) -> None:
    """Empty everything that the plugin knows about Plex, as after the loss of its file; the start is pressed again."""
    with pair.store.write() as db:
        for table in ("records", "matches", "links", "missing", "plex_sections", "plex_items", "plex_files"):
            db.execute(f"DELETE FROM {table}")
    pair.store.kv.put(STARTED, pair.plex.state.machine_id)


def edit_everything(pair: Pair, scene: int) -> None:
    pair.edit_scene(scene, title="New", details="", studio="Other Films", tags=["Sun", "Rain"], performers=["Bo"])
    pair.sync(scene)


@pytest.mark.parametrize("is_taken", [True, False])
def test_changes_arrive_after_a_loss_once_the_values_were_taken_over(pair: Pair, is_taken: bool) -> None:
    scene, item = sync_filled(pair)
    lose_state(pair)
    if is_taken:
        pair.forget_requests()
        pair.plugin.run_task("take_over")
        assert pair.list_writes() == []
        assert pair.plugin.operation("scene_badge", scene_id=scene)["badge"] == "unknown"
    edit_everything(pair, scene)
    shown = (item.title, item.fields.get("summary"), item.fields["studio"], sorted(item.tag_names("genre")))
    if is_taken:
        assert shown == ("New", None, "Other Films", ["Mine", "Rain", "Sun"])
        assert (item.tag_names("actor"), item.tag_names("collection")) == (["Bo"], ["Other Films"])
    else:
        assert shown == ("Beach day", "Text", "Acme", ["Mine", "Outdoor", "Sun"])
        assert pair.plugin.operation("scene_badge", scene_id=scene)["badge"] == "kept"


def test_a_new_plex_with_the_values_of_the_old_one_is_taken_over_although_stash_changed(pair: Pair) -> None:
    scene, item = sync_filled(pair)
    pair.plex.state.machine_id = "another"
    pair.plugin.operation("server_confirm")
    pair.edit_scene(scene, title="New", tags=["Rain"])
    pair.plugin.run_task("take_over", run_token="t")
    assert "compare all scenes" in pair.plugin.operation("run_result", run_token="t")["run"]["message"]
    pair.plugin.run_task("preview_all")
    pair.plugin.operation("sync_start")
    pair.wait_for_drain()
    assert (item.title, item.tag_names("genre")) == ("New", ["Mine", "Rain"])


def test_values_that_only_plex_has_stay_a_persons(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(details="Stash's", tags=["Sun"])
    item.fields["summary"], item.tags["genre"], item.locks = "A person's", [TagValue("Mine")], {"summary", "genre"}
    pair.plugin.run_task("take_over")
    pair.sync(scene)
    assert (item.fields["summary"], item.tag_names("genre")) == ("A person's", ["Mine"])
